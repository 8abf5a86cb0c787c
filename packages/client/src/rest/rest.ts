import { COMMANDS, type CommandInput, type CommandName, type CommandResult, type CommandSpec } from '@snug/protocol';
import { buildRequest, type RestRequest } from './build-request.ts';
import { SnugError } from './snug-error.ts';

/** What was answered, and the position it is true at (DLV18); null where the answer does not say. */
export interface Answer<T> {
  readonly result: T;
  readonly position: number | null;
}

export interface RestOptions {
  readonly url: string;
  readonly fetch: typeof fetch;
  /** Send and take the refresh cookie on auth's own paths. */
  readonly cookies: boolean;
}

export interface SendOptions {
  readonly token: string | null;
  /** The highest position this client has seen: no answer may be older (E9). */
  readonly cursor?: number;
  readonly signal?: AbortSignal;
  /** ms; 15,000 unless given. */
  readonly timeout?: number;
}

const TIMEOUT = 15_000;

/** HTTP to one instance: requests out, answers or SnugErrors back. It knows nothing of sessions. */
export class Rest {
  readonly #options: RestOptions;

  constructor(options: RestOptions) {
    this.#options = options;
  }

  async command<N extends CommandName>(
    name: N,
    params: CommandInput<N>,
    options: SendOptions,
  ): Promise<Answer<CommandResult<N>>> {
    const spec: CommandSpec = COMMANDS[name];
    return this.send<CommandResult<N>>(buildRequest(spec, params as Record<string, unknown>), options);
  }

  /** One request. Throws SnugError, whatever goes wrong. */
  async send<T>(request: RestRequest, options: SendOptions): Promise<Answer<T>> {
    const timeout = AbortSignal.timeout(options.timeout ?? TIMEOUT);
    const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
    try {
      const response = await this.#options.fetch(this.#options.url + request.path, {
        method: request.method,
        headers: headersOf(request, options),
        credentials: this.#options.cookies ? 'include' : 'omit',
        signal,
        ...(request.body !== null && { body: request.body }),
      });
      return await read<T>(response);
    } catch (error) {
      if (error instanceof SnugError) throw error;
      if (options.signal?.aborted) throw new SnugError('ABORTED', { cause: error });
      throw new SnugError(timeout.aborted ? 'TIMEOUT' : 'NETWORK', { cause: error });
    }
  }
}

function headersOf(request: RestRequest, options: SendOptions): Record<string, string> {
  return {
    accept: 'application/json',
    ...(request.body !== null && { 'content-type': 'application/json' }),
    ...(options.token !== null && { authorization: `Bearer ${options.token}` }),
    ...(options.cursor !== undefined && options.cursor > 0 && { 'snug-position': String(options.cursor) }),
  };
}

async function read<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const body = text === '' ? null : parse(text, response.status);
  if (!response.ok) throw SnugError.fromProblem(body, response.status);
  const position = Number(response.headers.get('snug-position') ?? Number.NaN);
  return { result: body as T, position: Number.isSafeInteger(position) ? position : null };
}

/** A proxy's error page is no JSON: what it answers is nothing of ours. */
function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SnugError('BAD_ANSWER', { status, cause });
  }
}
