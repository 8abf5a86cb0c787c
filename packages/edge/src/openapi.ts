/** The OpenAPI 3.1 document, made from the command table: what is served is what is described. */
import { type CommandSpec, REFUSALS, type RefusalCode } from '@snug/protocol';
import { z } from 'zod';
import { API_PREFIX } from './routes.ts';

type Json = Record<string, unknown>;

const EVERY_COMMAND: readonly RefusalCode[] = [
  'INVALID_PARAMS',
  'BAD_REQUEST',
  'RATE_LIMITED',
  'OVERLOADED',
  'SHUTTING_DOWN',
  'INTERNAL',
];
const SIGNED_IN: readonly RefusalCode[] = [
  'NOT_SIGNED_IN',
  'TOKEN_EXPIRED',
  'TOKEN_INVALID',
  'SESSION_REVOKED',
  'ACCOUNT_SUSPENDED',
];
const WITH_BODY: readonly RefusalCode[] = ['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
/** What the log may say to any command that appends to it. */
const CHANGING: readonly RefusalCode[] = ['CONFLICT', 'OUTCOME_UNKNOWN'];

export function openApiDocument(
  specs: Readonly<Record<string, CommandSpec>>,
  info: { version: string; title: string },
): Json {
  const components: Record<string, Json> = { Problem: problemSchema() };
  const paths: Record<string, Json> = {};
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.over === 'gateway') continue;
    const path = API_PREFIX + spec.path;
    paths[path] = { ...paths[path], [spec.method.toLowerCase()]: operation(name, spec, components) };
  }
  return {
    openapi: '3.1.0',
    info: {
      ...info,
      description: 'Every command of Snug. Refusals are `application/problem+json` with a stable `code`.',
      license: { name: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operation(name: string, spec: CommandSpec, components: Record<string, Json>): Json {
  const params = jsonSchema(spec.params, components, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const inPath = new Set([...spec.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string));
  const properties = Object.entries(params.properties ?? {});
  const required = new Set(params.required ?? []);
  const inQuery = spec.paramsIn === 'query';
  const rest = properties.filter(([field]) => !inPath.has(field));
  const parameters = [
    ...properties
      .filter(([field]) => inPath.has(field))
      .map(([field, schema]) => ({ name: field, in: 'path', required: true, schema })),
    ...(inQuery
      ? rest.map(([field, schema]) => ({ name: field, in: 'query', required: required.has(field), schema }))
      : []),
  ];
  const body = inQuery || rest.length === 0 ? undefined : bodyOf(rest, required, spec);
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    summary: spec.summary,
    description: [
      `From the mission: ${spec.mission}.`,
      ...spec.aliases.map((path) => `Also at ${API_PREFIX}${path}.`),
    ].join(' '),
    security: spec.caller === 'anyone' ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: rest.some(([field]) => required.has(field)),
            content: { 'application/json': { schema: body } },
          },
        }),
    responses: responses(spec, components),
  };
}

function bodyOf(rest: [string, Json][], required: Set<string>, spec: CommandSpec): Json {
  const needed = rest.map(([field]) => field).filter((field) => required.has(field));
  const strict = (spec.params as unknown as { _zod: { def: { catchall?: unknown } } })._zod.def.catchall !== undefined;
  return {
    type: 'object',
    properties: Object.fromEntries(rest),
    ...(needed.length > 0 ? { required: needed } : {}),
    ...(strict ? { additionalProperties: false } : {}),
  };
}

function responses(spec: CommandSpec, components: Record<string, Json>): Json {
  const success =
    spec.status === 204
      ? { description: 'Done' }
      : {
          description: 'Done',
          content: { 'application/json': { schema: jsonSchema(spec.result, components, 'output') } },
        };
  const codes = new Set([
    ...EVERY_COMMAND,
    ...(spec.caller === 'anyone' ? [] : SIGNED_IN),
    ...(spec.method === 'GET' ? [] : [...WITH_BODY, ...CHANGING]),
    ...spec.refusals,
  ]);
  const byStatus = Map.groupBy(codes, (code) => REFUSALS[code].status);
  const refusals = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, names]) => [
      String(status),
      {
        description: [...names].join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]);
  return { [String(spec.status)]: success, ...Object.fromEntries(refusals) };
}

/** One schema; those with an id become components, named once. */
function jsonSchema(schema: z.ZodType, components: Record<string, Json>, io: 'input' | 'output'): Json {
  const result = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    target: 'draft-2020-12',
  }) as Json;
  const definitions = (result.$defs ?? {}) as Record<string, Json>;
  delete result.$defs;
  delete result.$schema;
  for (const [id, definition] of Object.entries(definitions)) components[id] ??= rewriteRefs(definition);
  return rewriteRefs(result);
}

function rewriteRefs(value: Json): Json {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
}

function problemSchema(): Json {
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'code'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', enum: Object.keys(REFUSALS) },
      detail: { type: 'string' },
      trace_id: { type: 'string' },
      retry_after: { type: 'number', description: 'Seconds' },
      issues: {
        type: 'array',
        items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
      },
    },
  };
}
