/** Somebody the command line acts for. The commands it sends pass the same checks as everybody's. */
import type { Actor, Chat } from '@snug/chat';
import { type Account, type ChatCommandName, type CommandInput, type CommandResult, usernameKey } from '@snug/protocol';

export function actorFor(account: Pick<Account, 'id' | 'username' | 'display_name'>): Actor {
  const { id, username, display_name } = account;
  return {
    userId: id,
    claims: { iss: 'cli', sub: id, sid: id, username, name: display_name, iat: 0, exp: Number.MAX_SAFE_INTEGER },
    isAdmin: true,
    trace: 'cli',
  };
}

/** The user of this name, as soon as they used the instance once; null otherwise. */
export function findActor(chat: Chat, username: string): Actor | null {
  const wanted = usernameKey(username.replace(/^@/, ''));
  for (const { user } of chat.world.users.values()) {
    if (user.username !== '' && usernameKey(user.username) === wanted) return actorFor(user);
  }
  return null;
}

/** One command of the table, typed. @throws Refusal */
export async function perform<N extends ChatCommandName>(
  chat: Chat,
  actor: Actor,
  name: N,
  params: CommandInput<N>,
): Promise<CommandResult<N>> {
  const { json } = await chat.dispatch(name, params as Record<string, unknown>, actor);
  return (json === null ? null : JSON.parse(json)) as CommandResult<N>;
}
