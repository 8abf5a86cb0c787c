/** Serves the built web client: its files, and index.html for every address that is the client's own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import { Refusal } from '@snug/protocol';
import type { App, Reply, Request } from './app.ts';

/** Addresses that are never a page of the client: a wrong one is a wrong address, not the app. */
const NOT_PAGES = /^\/(?:api|ws|docs|metrics|healthz|readyz|\.well-known)(?:\/|$)/;
const YEAR = 365 * 24 * 3600;

/** Shown while the client is not built. A page, because it is a browser that asks. */
const NOT_BUILT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Snug</title></head>
<body><h1>The server is running; its web client is not built</h1>
<p>Run <code>npm run build</code> in the checkout, then reload this page.</p>
<p>The API is at <a href="/docs">/docs</a>.</p></body></html>
`;

/**
 * @param dist folder of the built client; it may appear while the server runs.
 */
export async function mountWeb(app: App, dist: string): Promise<void> {
  await app.register(fastifyStatic, { root: dist, serve: false, preCompressed: true, cacheControl: false });
  app.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: (request, reply) => answer(dist, request, reply),
  });
}

function answer(dist: string, request: Request, reply: Reply): Reply {
  const path = request.url.split('?', 1)[0] as string;
  if (NOT_PAGES.test(path)) throw new Refusal('UNKNOWN_ROUTE');
  const file = (request.params as { '*': string })['*'];
  if (isFile(file)) {
    // Vite puts a hash of the content into the names under assets/: such a file never changes.
    const life = path.startsWith('/assets/') ? `public, max-age=${YEAR}, immutable` : 'public, max-age=3600';
    return reply.header('cache-control', file.endsWith('.html') ? 'no-cache' : life).sendFile(file);
  }
  if (!acceptsHtml(request)) throw new Refusal('UNKNOWN_ROUTE');
  reply.header('cache-control', 'no-cache');
  if (!existsSync(join(dist, 'index.html'))) return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
  return reply.sendFile('index.html');
}

/** The client's own addresses have no extension. */
function isFile(path: string): boolean {
  return /\.[A-Za-z0-9]{1,12}$/.test(path);
}

function acceptsHtml(request: Request): boolean {
  const accept = request.headers.accept;
  return accept === undefined || /text\/html|\*\/\*/.test(accept);
}
