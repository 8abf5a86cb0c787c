import type { AdministrationView } from '@snug/auth';
import { type AdminAccount, isId, Refusal } from '@snug/protocol';
import { CliFailure } from './cli-failure.ts';

/** The account that somebody at the terminal means: a username, with or without `@`, or an id. */
export async function findUser(admin: AdministrationView, given: string): Promise<AdminAccount> {
  const named = await admin.findUser(given.replace(/^@/, ''));
  if (named !== null) return named;
  if (!isId(given)) throw new CliFailure(`there is no account ${given}`);
  try {
    return await admin.getUser(given);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'UNKNOWN_USER') throw new CliFailure(`there is no account ${given}`);
    throw error;
  }
}
