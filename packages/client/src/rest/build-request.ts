import type { CommandSpec } from '@snug/protocol';

export const API_PREFIX = '/api/v1';

export interface RestRequest {
  readonly method: string;
  /** Path and query, below the instance's address. */
  readonly path: string;
  readonly body: string | null;
}

/** A command as an HTTP request: path parameters, then the query or the body, as its row says. */
export function buildRequest(spec: CommandSpec, params: Readonly<Record<string, unknown>>): RestRequest {
  const rest = new Map(Object.entries(params).filter(([, value]) => value !== undefined));
  const path = spec.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  if (spec.paramsIn === 'query') {
    const query = new URLSearchParams([...rest].map(([name, value]) => [name, String(value)])).toString();
    return { method: spec.method, path: API_PREFIX + path + (query === '' ? '' : `?${query}`), body: null };
  }
  return { method: spec.method, path: API_PREFIX + path, body: JSON.stringify(Object.fromEntries(rest)) };
}
