/** Mounts the command table as REST routes: path, body and, where its row says so, query are the command's parameters. */
import { type CommandSpec, Refusal } from '@snug/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** One HTTP call of a command. */
export interface HttpCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly traceId: string;
  readonly address: string;
}

/** What a command answered. `json` is sent as it is: an event's body is encoded once for everybody. */
export interface HttpOutcome {
  readonly json: string | null;
  /** The position the answer is true at (E6). */
  readonly position?: number;
}

export type HttpDispatch = (name: string, params: Record<string, unknown>, call: HttpCall) => Promise<HttpOutcome>;

export const API_PREFIX = '/api/v1';

export function mountCommands(
  app: FastifyInstance,
  specs: Readonly<Record<string, CommandSpec>>,
  dispatch: HttpDispatch,
): void {
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.over === 'gateway') continue;
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const outcome = await dispatch(name, paramsOf(request, spec), {
        request,
        reply,
        traceId: request.id,
        address: request.ip,
      });
      if (outcome.position !== undefined) reply.header('snug-position', outcome.position);
      reply.code(spec.status);
      if (outcome.json === null) return reply.send();
      return reply.type('application/json').send(outcome.json);
    };
    for (const path of [spec.path, ...spec.aliases]) {
      app.route({ method: spec.method, url: API_PREFIX + path.replaceAll(/\{(\w+)\}/g, ':$1'), handler });
    }
  }
}

function paramsOf(request: FastifyRequest, spec: CommandSpec): Record<string, unknown> {
  const body = request.body;
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) {
    throw new Refusal('BAD_REQUEST', { detail: 'The body must be a JSON object.' });
  }
  // A command with a body takes nothing from the query: a password there would end up in access logs.
  const query = spec.paramsIn === 'query' ? (request.query as object) : {};
  return { ...query, ...(body as object | null | undefined), ...(request.params as object) };
}
