import type { RegistrationMode } from '@snug/protocol';

/** What an operator decides about signing in. Every name is a setting of `snug.yml` (design section 5). */
export interface AuthSettings {
  /** Folder; auth keeps `auth.db` in it, mode 0600, WAL with synchronous=FULL. */
  data: string;
  /** `iss` of every token; 'snug' unless set. */
  issuer: string;
  algorithm: SigningAlgorithm;
  /** Seconds; 900 unless set. */
  access_token_ttl: number;
  /** Seconds without a refresh until a session ends; 30 days unless set. */
  refresh_token_ttl: number;
  /** Who may make an account, until an administrator says otherwise while it runs. */
  registration: RegistrationMode;
  /** 'off' is for tests and benchmarks. */
  rate_limits: 'on' | 'off';
  /** Origins other than our own whose pages may use the refresh cookie. */
  origins: readonly string[];
}

export type SigningAlgorithm = 'EdDSA' | 'ES256' | 'RS256';
export const SIGNING_ALGORITHMS: readonly SigningAlgorithm[] = ['EdDSA', 'ES256', 'RS256'];
