/** REST without the SDK, so that a test of the wire does not rest on the client that it would also be testing. */
import type { Problem } from '@snug/protocol';

export interface RestAnswer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON body; undefined when there is none. */
  readonly body: T;
}

export interface RawRest {
  /** @param path below the instance, such as `/api/v1/servers`. */
  request<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<RestAnswer<T>>;
  get<T = unknown>(path: string): Promise<RestAnswer<T>>;
  post<T = unknown>(path: string, body?: unknown): Promise<RestAnswer<T>>;
  patch<T = unknown>(path: string, body?: unknown): Promise<RestAnswer<T>>;
  put<T = unknown>(path: string, body?: unknown): Promise<RestAnswer<T>>;
  delete<T = unknown>(path: string): Promise<RestAnswer<T>>;
}

/** An answer that a test did not expect, with what the server said. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  readonly answer: RestAnswer;

  constructor(what: string, answer: RestAnswer) {
    super(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.answer = answer;
  }
}

export function rawRest(url: string, token?: string): RawRest {
  const request: RawRest['request'] = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && text !== '' ? JSON.parse(text) : text === '' ? undefined : text) as T,
    };
  };
  return {
    request,
    get: (path) => request('GET', path),
    post: (path, body) => request('POST', path, body),
    patch: (path, body) => request('PATCH', path, body),
    put: (path, body) => request('PUT', path, body),
    delete: (path) => request('DELETE', path),
  };
}

/** The body of an answer that had to succeed. @throws UnexpectedAnswer */
export async function ok<T>(answer: Promise<RestAnswer<T>>, what = 'request'): Promise<T> {
  const given = await answer;
  if (given.status >= 300) throw new UnexpectedAnswer(what, given);
  return given.body;
}

/** The code of an answer that had to be refused. @throws UnexpectedAnswer */
export async function refusalOf(answer: Promise<RestAnswer>): Promise<Problem['code']> {
  const given = await answer;
  if (given.status < 400) throw new UnexpectedAnswer('this should have been refused', given);
  return (given.body as Problem).code;
}
