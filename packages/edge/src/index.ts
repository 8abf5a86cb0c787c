/** What every role shares at the wire: HTTP, problems, limits, health, metrics, the OpenAPI document. */

export type { FastifyInstance as App, FastifyReply as AppReply, FastifyRequest as AppRequest } from 'fastify';
export * from './bare-problem.ts';
export * from './bearer-token.ts';
export * from './client-address.ts';
export * from './http.ts';
export * from './limits.ts';
export * from './log.ts';
export * from './metrics.ts';
export * from './openapi.ts';
export * from './routes.ts';
