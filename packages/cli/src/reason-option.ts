import { Reason } from '@snug/protocol';
import { InvalidArgumentError, Option } from 'commander';

/** Why it is done, for the audit log. */
export function reasonOption(): Option {
  return new Option('--reason <text>', 'for the audit log').argParser((value: string) => {
    const parsed = Reason.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join('; '));
  });
}
