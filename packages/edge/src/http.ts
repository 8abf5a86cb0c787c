/** The HTTP server that every role stands behind: trace ids, problems, headers, health, metrics. */
import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import { LIMITS, Refusal, type RefusalCode } from '@snug/protocol';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import helmet from 'helmet';
import { bareHeaders, DATA_HEADERS } from './bare-problem.ts';
import type { Logger } from './log.ts';
import { redactUrl } from './log.ts';
import { Histogram, type Registry } from './metrics.ts';
import { NODE_HTTP_OPTIONS, refuseBelowRoutes, refuseUnreadable } from './node-http.ts';

export interface EdgeOptions {
  logger: Logger;
  registry: Registry;
  /** Origins that may read answers from a browser page of theirs; none by default. */
  origins: readonly string[];
  /** Addresses or networks of proxies whose X-Forwarded-* headers are believed. */
  trusted_proxies: readonly string[];
  /** Each check answers true when that part can serve; `/readyz` is the sum. */
  readiness: Record<string, () => boolean>;
  /** Whether `/metrics` may be read, given the caller's address. */
  metrics_from?: (address: string) => boolean;
}

/** Headers of pages. The API's answers are data: they get `DATA_HEADERS` instead, which cost nothing to put together. */
const dressPage = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
  xFrameOptions: { action: 'deny' },
});

/** Trace ids are unique in the process and cheap: a random start, then a count. */
export function traceIds(): () => string {
  const prefix = randomBytes(6).toString('hex');
  let next = 0;
  return () => `${prefix}-${(next++).toString(36)}`;
}

export async function createEdge(options: EdgeOptions): Promise<FastifyInstance> {
  const nextTrace = traceIds();
  const app = Fastify({
    logger: false,
    genReqId: nextTrace,
    bodyLimit: LIMITS.BODY_BYTES,
    trustProxy: options.trusted_proxies.length > 0 ? [...options.trusted_proxies] : false,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
    onProtoPoisoning: 'error',
    http: NODE_HTTP_OPTIONS,
    clientErrorHandler: refuseUnreadable(nextTrace),
    frameworkErrors: (error, request, reply) => {
      // No hook runs for an address that cannot be read.
      void reply.headers(bareHeaders(new Refusal('BAD_REQUEST'), request.id));
      void answerProblem(options.logger, error, request, reply as FastifyReply);
    },
  });
  app.setErrorHandler((error, request, reply) => answerProblem(options.logger, error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    answerProblem(options.logger, new Refusal('UNKNOWN_ROUTE'), request, reply),
  );
  // Only JSON has a meaning here. An empty JSON body is no body.
  app.removeContentTypeParser(['text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    // Decoding would put U+FFFD where bytes are wrong, and store what nobody wrote.
    if (!isUtf8(body as Buffer)) return done(new Refusal('BAD_REQUEST', { detail: 'The body must be UTF-8.' }));
    return parseJson(request, body.toString(), done);
  });
  const parseJson = app.getDefaultJsonParser('error', 'error');

  if (options.origins.length > 0) {
    await app.register(cors, {
      origin: [...options.origins],
      credentials: true,
      methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
      exposedHeaders: ['snug-position', 'x-trace-id', 'retry-after'],
      maxAge: 3600,
    });
  }
  await app.register(cookie);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-trace-id', request.id);
    if (request.url.startsWith('/api/')) {
      reply.headers(DATA_HEADERS);
      done();
    } else {
      dressPage(request.raw, reply.raw, (error) => done(error as Error | undefined));
    }
  });
  refuseBelowRoutes(app, nextTrace);
  observe(app, options);
  mountHealth(app, options);
  return app;
}

function observe(app: FastifyInstance, options: EdgeOptions): void {
  const seconds = new Histogram({
    name: 'snug_http_request_seconds',
    help: 'Time from request to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [options.registry],
  });
  // Routes, methods and statuses are few; finding their series again for every answer is not free.
  const series = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    const key = `${method} ${reply.statusCode} ${route}`;
    let one = series.get(key);
    if (one === undefined) {
      one = seconds.labels(method, route, String(reply.statusCode));
      series.set(key, one);
    }
    one.observe(reply.elapsedTime / 1000);
    if (!options.logger.isLevelEnabled('debug')) return done();
    options.logger.debug(
      {
        trace_id: request.id,
        method: request.method,
        url: redactUrl(request.url),
        status: reply.statusCode,
        ms: reply.elapsedTime,
      },
      'request',
    );
    done();
  });
}

function mountHealth(app: FastifyInstance, options: EdgeOptions): void {
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const parts = Object.fromEntries(Object.entries(options.readiness).map(([name, check]) => [name, check()]));
    const ok = Object.values(parts).every(Boolean);
    return reply.code(ok ? 200 : 503).send({ ok, parts });
  });
  app.get('/metrics', async (request, reply) => {
    if (options.metrics_from !== undefined && !options.metrics_from(request.ip)) throw new Refusal('UNKNOWN_ROUTE');
    return reply.type(options.registry.contentType).send(await options.registry.metrics());
  });
}

/** Fastify's own refusals, by our names. */
const FASTIFY_CODES: Readonly<Record<string, RefusalCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
};

export function toRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (typeof error !== 'object' || error === null) return null;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = code === undefined ? undefined : FASTIFY_CODES[code];
  if (known !== undefined) return new Refusal(known);
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? new Refusal('BAD_REQUEST') : null;
}

async function answerProblem(
  logger: Logger,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  let refusal = toRefusal(error);
  if (refusal === null) {
    logger.error(
      { err: error, trace_id: request.id, method: request.method, url: redactUrl(request.url) },
      'unexpected failure',
    );
    refusal = new Refusal('INTERNAL');
  }
  if (refusal.extra.retry_after !== undefined) reply.header('retry-after', Math.ceil(refusal.extra.retry_after));
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer');
  await reply
    .code(refusal.status)
    .type('application/problem+json')
    .send(JSON.stringify(refusal.toProblem(request.id)));
}
