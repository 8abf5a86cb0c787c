/** `/docs`: the API as a page people read, made from the same document as `/api/v1/openapi.json`. */
import { fastifySwagger } from '@fastify/swagger';
import { fastifySwaggerUi } from '@fastify/swagger-ui';
import { API_PREFIX } from '@snug/edge';
import type { App } from './app.ts';
import { refusalsPage } from './refusals-page.ts';

/** The page draws with inline styles; scripts still come from here only. Nothing else of the instance is relaxed. */
const DOCS_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(';');

export async function mountDocs(app: App, document: Record<string, unknown>): Promise<void> {
  const encoded = JSON.stringify(document);
  app.get(`${API_PREFIX}/openapi.json`, async (_request, reply) => reply.type('application/json').send(encoded));
  const pages = async (docs: App): Promise<void> => {
    docs.addHook('onSend', async (_request, reply) => {
      reply.header('content-security-policy', DOCS_POLICY);
    });
    docs.get('/docs/refusals', async (_request, reply) => reply.type('text/html; charset=utf-8').send(refusalsPage()));
    await docs.register(fastifySwagger, { mode: 'static', specification: { document: document as never } });
    await docs.register(fastifySwaggerUi, {
      routePrefix: '/docs',
      staticCSP: false,
      uiConfig: { layout: 'BaseLayout', docExpansion: 'list', deepLinking: true, tryItOutEnabled: false },
      theme: { title: 'Snug API' },
    });
  };
  await app.register(pages);
}
