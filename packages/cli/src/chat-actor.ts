/** Somebody the command line acts for. The commands it sends pass the same checks as everybody's. */
import type { Actor, Chat } from '@snug/chat';
import type { Account, ChatCommandName, CommandInput, CommandResult } from '@snug/protocol';
import type { OpenInstance } from '@snug/server';

export function actorFor(account: Pick<Account, 'id' | 'username' | 'display_name'>): Actor {
  const { id, username, display_name } = account;
  return {
    userId: id,
    claims: { iss: 'cli', sub: id, sid: id, username, name: display_name, iat: 0, exp: Number.MAX_SAFE_INTEGER },
    isAdmin: true,
    trace: 'cli',
  };
}

/** The person of this name, known to chat from here on; null if there is no such account. */
export async function findActor(
  { auth, chat }: Pick<OpenInstance, 'auth' | 'chat'>,
  username: string,
): Promise<Actor | null> {
  const account = await auth.findAccount(username.replace(/^@/, ''));
  if (account === null) return null;
  const actor = actorFor(account);
  await chat.dispatcher.ensureUser(actor);
  return actor;
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
