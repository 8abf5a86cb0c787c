/**
 * What a command is, as data. One table of these gives the REST routes, the gateway's op 12 requests, the SDK's
 * typed calls, the OpenAPI document and the authorisation tests (design section 2).
 */
import { z } from 'zod';
import type { RefusalCode } from './refusals.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Who may call it at all, before the command looks at the subject. */
export type Caller = 'anyone' | 'user' | 'admin';

export interface CommandSpec<P extends z.ZodObject = z.ZodObject, R extends z.ZodType = z.ZodType> {
  readonly method: Method;
  /** Below `/api/v1`. `{name}` takes the parameter of that name. */
  readonly path: string;
  /** Other paths that mean the same. */
  readonly aliases: readonly string[];
  readonly summary: string;
  /** Everything the command takes: path, query and body together. */
  readonly params: P;
  readonly result: R;
  /** The mission section it comes from. */
  readonly mission: string;
  /** HTTP status of success; 204 when there is nothing to say. */
  readonly status: 200 | 201 | 204;
  readonly caller: Caller;
  /** Refusals beyond those every command may give. */
  readonly refusals: readonly RefusalCode[];
  /** Takes a nonce and keeps its promise (E13). */
  readonly nonce: boolean;
  /** Where parameters beside the path travel over HTTP: a DELETE that takes a secret has a body (no log keeps those). */
  readonly paramsIn: 'query' | 'body';
  /** False for what makes sense over HTTP only (cookies) or on one connection only. */
  readonly over: 'any' | 'http' | 'gateway';
}

type Given<P extends z.ZodObject, R extends z.ZodType> = Pick<
  CommandSpec<P, R>,
  'method' | 'path' | 'summary' | 'params' | 'result' | 'mission'
> &
  Partial<Pick<CommandSpec<P, R>, 'status' | 'aliases' | 'caller' | 'refusals' | 'nonce' | 'paramsIn' | 'over'>>;

export function defineCommand<P extends z.ZodObject, R extends z.ZodType>(given: Given<P, R>): CommandSpec<P, R> {
  const paramsIn = given.method === 'GET' || given.method === 'DELETE' ? 'query' : 'body';
  return { status: 200, aliases: [], caller: 'user', refusals: [], nonce: false, paramsIn, over: 'any', ...given };
}

export const NoParams = z.object({});
export const Nothing = z.null().meta({ description: 'Nothing to say' });
