/** Auth's figures on `/metrics`. */
import { Counter, type Registry } from '@snug/edge';

export interface AuthMetrics {
  signIns: Counter<'by'>;
  failures: Counter<'reason'>;
  refreshes: Counter<'result'>;
  registrations: Counter<'with'>;
  passwordHashes: Counter;
  verifications: Counter<'result'>;
}

export function createAuthMetrics(registry: Registry): AuthMetrics {
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter<L>({ name: `snug_auth_${name}_total`, help, labelNames, registers: [registry] });
  return {
    signIns: counter('sign_ins', 'Sessions opened, by what opened them', ['by']),
    failures: counter('sign_in_failures', 'Sign-ins refused, by reason', ['reason']),
    refreshes: counter('refreshes', 'Refresh tokens presented, by what came of it', ['result']),
    registrations: counter('registrations', 'Accounts made, by what let them in', ['with']),
    passwordHashes: counter('password_hashes', 'Argon2id hashes run', []),
    verifications: counter('verifications', 'Access tokens found valid, by where', ['result']),
  };
}
