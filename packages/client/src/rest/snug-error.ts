import { type FieldIssue, isRefusalCode, type Problem, REFUSALS, type RefusalCode } from '@snug/protocol';

/** What can go wrong before an answer of the server is there. */
const LOCAL_CODES = {
  /** The server could not be reached, or the answer broke off: whether the command ran is not known. */
  NETWORK: { title: 'The server cannot be reached', retry: 'later' },
  /** No answer in time: whether the command ran is not known. */
  TIMEOUT: { title: 'The server did not answer in time', retry: 'later' },
  /** The live connection ended before the answer came: whether the command ran is not known. */
  CONNECTION_LOST: { title: 'The connection was lost before the answer came', retry: 'later' },
  /** Whatever answered, it does not speak this protocol: a proxy's error page, for instance. */
  BAD_ANSWER: { title: 'The answer could not be read', retry: 'later' },
  /** The client was closed, or the caller gave up. */
  ABORTED: { title: 'The request was given up', retry: 'never' },
} as const;

export type LocalErrorCode = keyof typeof LOCAL_CODES;
export type SnugErrorCode = RefusalCode | LocalErrorCode;

interface SnugErrorFields {
  status?: number;
  detail?: string;
  retryAfter?: number;
  issues?: readonly FieldIssue[];
  traceId?: string;
  cause?: unknown;
}

/**
 * Every failure of a call, by name: the server's refusals (ERR1) and what can happen on the way to it. Whether trying
 * again makes sense is the error's own knowledge (`shouldRetry`), so that no caller keeps a list of codes.
 */
export class SnugError extends Error {
  override readonly name = 'SnugError';
  readonly code: SnugErrorCode;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** A sentence about this case, where the server gave one. */
  readonly detail: string | null;
  /** Seconds until a retry may work, where the server said so. */
  readonly retryAfter: number | null;
  /** Fields that are not valid, for INVALID_PARAMS. */
  readonly issues: readonly FieldIssue[];
  /** Names the request in the server's logs. */
  readonly traceId: string | null;

  constructor(code: SnugErrorCode, fields: SnugErrorFields = {}) {
    super(fields.detail ?? titleOf(code), { cause: fields.cause });
    this.code = code;
    this.status = fields.status ?? (isRefusalCode(code) ? REFUSALS[code].status : 0);
    this.detail = fields.detail ?? null;
    this.retryAfter = fields.retryAfter ?? null;
    this.issues = fields.issues ?? [];
    this.traceId = fields.traceId ?? null;
  }

  /** The same command, unchanged and with the same nonce, may work later (ERR8). */
  get shouldRetry(): boolean {
    return retryOf(this.code) === 'later';
  }

  /** The command may work with a new access token. */
  get needsSignIn(): boolean {
    return retryOf(this.code) === 'signed_in';
  }

  /** Nothing of the server was reached: being offline looks like this. */
  get isOffline(): boolean {
    return this.code === 'NETWORK' || this.code === 'TIMEOUT' || this.code === 'CONNECTION_LOST';
  }

  /** Reads a problem document; anything else is BAD_ANSWER. */
  static fromProblem(problem: unknown, status: number): SnugError {
    const { code, detail, retry_after, issues, trace_id } = (
      typeof problem === 'object' && problem !== null ? problem : {}
    ) as Partial<Problem>;
    if (!isRefusalCode(code)) return new SnugError('BAD_ANSWER', { status });
    return new SnugError(code, {
      status,
      ...(typeof detail === 'string' && { detail }),
      ...(typeof retry_after === 'number' && { retryAfter: retry_after }),
      ...(Array.isArray(issues) && { issues }),
      ...(typeof trace_id === 'string' && { traceId: trace_id }),
    });
  }
}

function titleOf(code: SnugErrorCode): string {
  return isRefusalCode(code) ? REFUSALS[code].title : LOCAL_CODES[code].title;
}

function retryOf(code: SnugErrorCode): 'never' | 'later' | 'signed_in' {
  return isRefusalCode(code) ? REFUSALS[code].retry : LOCAL_CODES[code].retry;
}
