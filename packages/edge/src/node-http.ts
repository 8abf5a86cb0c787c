/**
 * What Node's HTTP server decides before a request reaches a route. Left alone it answers without a body, a trace id or
 * one of our codes; here it gets all three (ERR4, ERR9).
 */
import type { IncomingMessage, Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { Refusal } from '@snug/protocol';
import type { FastifyInstance } from 'fastify';
import { bareHeaders, bareProblem } from './bare-problem.ts';

export const NODE_HTTP_OPTIONS: ServerOptions = {
  // A caller who sends a byte now and then holds a connection no longer than this. Left alone, Node looks every 30 s, and
  // takes the longer of its two limits for the whole request and the shorter for its head.
  headersTimeout: 15_000,
  connectionsCheckingInterval: 5000,
  // Asked for by the hook below, which can say why.
  requireHostHeader: false,
  // Whoever offers another protocol (h2c, as some clients do with every first request) is answered in this one.
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
};

/** A request that HTTP itself cannot read gets an answer and a closed socket, not silence. */
export function refuseUnreadable(nextTrace: () => string) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else socket.end(bareProblem(new Refusal('BAD_REQUEST'), nextTrace()));
  };
}

export function refuseBelowRoutes(app: FastifyInstance, nextTrace: () => string): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isWithoutHost = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    done(isWithoutHost ? new Refusal('BAD_REQUEST', { detail: 'HTTP/1.1 needs a Host header.' }) : undefined);
  });
  (app.server as Server).on('checkExpectation', (_request, response) => {
    const refusal = new Refusal('BAD_REQUEST', { detail: 'The only expectation is 100-continue.' });
    const traceId = nextTrace();
    const body = JSON.stringify(refusal.toProblem(traceId));
    const length = { 'content-length': Buffer.byteLength(body), connection: 'close' };
    response.writeHead(refusal.status, { ...bareHeaders(refusal, traceId), ...length }).end(body);
  });
}
