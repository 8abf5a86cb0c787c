/** People of a chat without an auth behind them: claims as a token would bring them. */
import { Refusal } from '@snug/protocol';
import type { Perform } from '@snug/testkit/suites/random-life';
import type { Chat } from '../src/app.ts';
import type { Actor } from '../src/commands/handler.ts';

/** An actor with an id made from their number, so that a run can be repeated. */
export function actor(number: number, more: Partial<Actor> = {}): Actor {
  const userId = `01K00000000000000000000${String(number).padStart(3, '0')}`;
  const name = `person${number}`;
  const claims = { iss: 'snug', sub: userId, sid: userId, username: name, name, iat: 0, exp: 2 ** 32 };
  return { userId, claims, isAdmin: false, trace: `person-${number}`, ...more } as Actor;
}

/** Their commands, in this process. A refusal answers null; anything else is thrown. */
export function performing(chat: () => Chat, people: readonly Actor[]): Perform {
  return async (who, command, params) => {
    try {
      const { json } = await chat().dispatch(command, params, people[who] as Actor);
      // Null is a refusal.
      return json === null ? undefined : (JSON.parse(json) ?? undefined);
    } catch (error) {
      if (error instanceof Refusal && error.status < 500) return null;
      throw error;
    }
  };
}

/** One command that has to succeed. */
export async function perform<T>(
  chat: Chat,
  who: Actor,
  command: string,
  params: Record<string, unknown> = {},
): Promise<T> {
  const { json } = await chat.dispatch(command, params, who);
  return (json === null ? null : JSON.parse(json)) as T;
}

/** One command that has to be refused. @returns its code. */
export async function refused(
  chat: Chat,
  who: Actor,
  command: string,
  params: Record<string, unknown>,
): Promise<string> {
  try {
    await chat.dispatch(command, params, who);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  throw new Error(`${command} should have been refused`);
}
