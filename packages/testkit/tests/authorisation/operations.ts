/** The operations of a served OpenAPI document, and how parameters become a request of one. */
import { ok, rawRest } from '../../src/index.ts';
import type { Params } from './answers.ts';

export interface JsonSchema {
  readonly [key: string]: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: JsonSchema;
}

export interface Operation {
  /** Its operationId: the name of the command. */
  readonly name: string;
  readonly method: string;
  /** With `{name}` where a parameter goes. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Undefined where there is no body. */
  readonly body: JsonSchema | undefined;
  /** What it may answer: each status of success, and of each refusal its codes. */
  readonly statuses: readonly number[];
  readonly codes: ReadonlySet<string>;
}

interface Document {
  readonly paths: Record<string, Record<string, RawOperation>>;
  readonly components: { readonly schemas: Record<string, JsonSchema> };
}

interface RawOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: JsonSchema } } };
  readonly responses: Record<string, { readonly description: string }>;
}

export interface Served {
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

export async function servedOperations(url: string): Promise<Served> {
  const { paths, components } = await ok(rawRest(url).get<Document>('/api/v1/openapi.json'), 'openapi');
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]): Operation => {
      const responses = Object.entries(raw.responses);
      const refusals = responses.filter(([status]) => Number(status) >= 400);
      return {
        name: raw.operationId,
        method: method.toUpperCase(),
        path,
        parameters: raw.parameters ?? [],
        body: raw.requestBody?.content['application/json'].schema,
        statuses: responses.map(([status]) => Number(status)).filter((status) => status < 400),
        codes: new Set(refusals.flatMap(([, { description }]) => description.split(', '))),
      };
    }),
  );
  return { operations, schemas: components.schemas };
}

export interface BuiltRequest {
  readonly method: string;
  readonly target: string;
  readonly body: Params | undefined;
}

/** Puts each parameter where the document says it belongs. */
export function buildRequest(operation: Operation, params: Params): BuiltRequest {
  const rest = { ...params };
  const target = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const { method } = operation;
  const isQuery = method === 'GET' || (method === 'DELETE' && operation.body === undefined);
  if (!isQuery) {
    return { method, target, body: Object.keys(rest).length > 0 ? rest : undefined };
  }
  const query = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  return { method, target: query.size > 0 ? `${target}?${query}` : target, body: undefined };
}
