/**
 * Every way the server says no, by name. `retry` tells a client whether the same command may work later without
 * being changed: `never`, `later` (after `retry_after` or a back-off), or `signed_in` (after a new token).
 */
export const REFUSALS = {
  BAD_REQUEST: { status: 400, title: 'The request could not be read', retry: 'never' },
  INVALID_PARAMS: { status: 400, title: 'Some fields are not valid', retry: 'never' },
  UNKNOWN_COMMAND: { status: 404, title: 'There is no such command', retry: 'never' },
  UNKNOWN_ROUTE: { status: 404, title: 'There is nothing at this address', retry: 'never' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not take that method', retry: 'never' },
  BODY_TOO_LARGE: { status: 413, title: 'The request is too large', retry: 'never' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Send JSON', retry: 'never' },
  NOT_SIGNED_IN: { status: 401, title: 'Sign in first', retry: 'signed_in' },
  TOKEN_EXPIRED: { status: 401, title: 'The access token has ended', retry: 'signed_in' },
  TOKEN_INVALID: { status: 401, title: 'The access token is not valid', retry: 'signed_in' },
  SESSION_REVOKED: { status: 401, title: 'This session was signed out', retry: 'signed_in' },
  REFRESH_INVALID: { status: 401, title: 'Sign in again', retry: 'signed_in' },
  BAD_CREDENTIALS: { status: 401, title: 'That name and password do not match', retry: 'never' },
  ACCOUNT_SUSPENDED: { status: 403, title: 'This account is suspended', retry: 'never' },
  ORIGIN_REFUSED: { status: 403, title: 'Requests from this origin are not allowed', retry: 'never' },
  REGISTRATION_CLOSED: { status: 403, title: 'This instance takes no new accounts', retry: 'never' },
  INVITE_REQUIRED: { status: 403, title: 'An invite is needed to make an account', retry: 'never' },
  INVITE_INVALID: { status: 404, title: 'This invite does not exist, was used up or has expired', retry: 'never' },
  USERNAME_TAKEN: { status: 409, title: 'That username is taken', retry: 'never' },
  EMAIL_TAKEN: { status: 409, title: 'That e-mail address is in use', retry: 'never' },
  MISSING_PERMISSION: { status: 403, title: 'You may not do that here', retry: 'never' },
  NOT_AN_ADMIN: { status: 403, title: 'Only an administrator of this instance may do that', retry: 'never' },
  LAST_ADMIN: { status: 409, title: 'An instance keeps at least one active administrator', retry: 'never' },
  NOT_YOURSELF: { status: 409, title: 'That is not for your own account', retry: 'never' },
  RESET_INVALID: { status: 404, title: 'This link does not exist, was used or has expired', retry: 'never' },
  OWNS_SERVERS: { status: 409, title: 'Hand over or delete the servers you own first', retry: 'never' },
  NOT_THE_AUTHOR: { status: 403, title: 'Only the author may do that', retry: 'never' },
  NOT_THE_OWNER: { status: 403, title: 'Only the owner may do that', retry: 'never' },
  OWNER_CANNOT_LEAVE: { status: 409, title: 'The owner cannot leave the server', retry: 'never' },
  UNKNOWN_USER: { status: 404, title: 'There is no such user', retry: 'never' },
  UNKNOWN_SERVER: { status: 404, title: 'There is no such server, or you are not in it', retry: 'never' },
  UNKNOWN_CHANNEL: { status: 404, title: 'There is no such channel, or you cannot see it', retry: 'never' },
  UNKNOWN_MESSAGE: { status: 404, title: 'There is no such message', retry: 'never' },
  UNKNOWN_MEMBER: { status: 404, title: 'There is no such member', retry: 'never' },
  UNKNOWN_ROLE: { status: 404, title: 'There is no such role', retry: 'never' },
  UNKNOWN_CATEGORY: { status: 404, title: 'There is no such category', retry: 'never' },
  UNKNOWN_OVERRIDE: { status: 404, title: 'There is no such override', retry: 'never' },
  UNKNOWN_BAN: { status: 404, title: 'They are not banned', retry: 'never' },
  UNKNOWN_REPORT: { status: 404, title: 'There is no such report', retry: 'never' },
  UNKNOWN_TARGET: { status: 404, title: 'There is no such server or channel', retry: 'never' },
  OUTRANKED: { status: 403, title: 'That is not below you in this server', retry: 'never' },
  DEFAULT_ROLE: { status: 409, title: 'That cannot be done with @everyone', retry: 'never' },
  BANNED: { status: 403, title: 'You are banned here', retry: 'never' },
  CANNOT_MESSAGE: { status: 403, title: 'This person cannot be reached by you', retry: 'never' },
  SLOW_MODE: { status: 429, title: 'This channel is in slow mode', retry: 'later' },
  CHANNEL_ARCHIVED: { status: 409, title: 'This channel is archived', retry: 'never' },
  THREAD_EXISTS: { status: 409, title: 'There is a thread from this message already', retry: 'never' },
  UNKNOWN_SESSION: { status: 404, title: 'There is no such session', retry: 'never' },
  UNKNOWN_POSITION: { status: 400, title: 'This log has no such position', retry: 'never' },
  WRONG_CHANNEL_TYPE: { status: 400, title: 'That does not work in this type of channel', retry: 'never' },
  MESSAGE_EMPTY: { status: 400, title: 'A message needs some text', retry: 'never' },
  LIMIT_REACHED: { status: 409, title: 'There is no room for another one', retry: 'never' },
  NONCE_REUSED: { status: 409, title: 'This nonce already named something else', retry: 'never' },
  ALREADY_A_MEMBER: { status: 409, title: 'Already a member', retry: 'never' },
  CONFLICT: { status: 409, title: 'Somebody else changed this at the same time', retry: 'later' },
  RATE_LIMITED: { status: 429, title: 'Too many requests', retry: 'later' },
  OVERLOADED: { status: 503, title: 'The server is busy', retry: 'later' },
  NODE_BEHIND: { status: 503, title: 'This node has not seen that position yet', retry: 'later' },
  SHUTTING_DOWN: { status: 503, title: 'The server is restarting', retry: 'later' },
  AUTH_UNAVAILABLE: { status: 503, title: 'Sign-in is not available right now', retry: 'later' },
  OUTCOME_UNKNOWN: { status: 503, title: 'The outcome is not known: retry with the same nonce', retry: 'later' },
  NOT_READY: { status: 409, title: 'Identify or resume first', retry: 'never' },
  NOT_AVAILABLE: { status: 501, title: 'This instance does not offer that', retry: 'never' },
  INTERNAL: { status: 500, title: 'Something went wrong', retry: 'later' },
} as const satisfies Record<string, RefusalEntry>;

interface RefusalEntry {
  readonly status: number;
  readonly title: string;
  readonly retry: 'never' | 'later' | 'signed_in';
}

export type RefusalCode = keyof typeof REFUSALS;

export interface FieldIssue {
  /** Dotted path of the field, '' for the whole body. */
  path: string;
  message: string;
}

export interface RefusalExtra {
  detail?: string;
  /** Seconds until a retry may work. */
  retry_after?: number;
  issues?: FieldIssue[];
}

/** What a refusal looks like on the wire: `application/problem+json` (design section 5). */
export interface Problem extends RefusalExtra {
  type: string;
  title: string;
  status: number;
  code: RefusalCode;
  trace_id?: string;
}

/** The one error that crosses the wire. Anything else thrown is a bug and shows only a trace id. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly extra: RefusalExtra;

  constructor(code: RefusalCode, extra: RefusalExtra = {}) {
    super(extra.detail ?? REFUSALS[code].title);
    this.code = code;
    this.extra = extra;
  }

  get status(): number {
    return REFUSALS[this.code].status;
  }

  toProblem(traceId?: string): Problem {
    const { status, title } = REFUSALS[this.code];
    const problem: Problem = { type: `/docs/refusals#${this.code}`, title, status, code: this.code, ...this.extra };
    if (traceId !== undefined) problem.trace_id = traceId;
    return problem;
  }
}

export function isRefusalCode(code: unknown): code is RefusalCode {
  return typeof code === 'string' && Object.hasOwn(REFUSALS, code);
}
