import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEdge, createLogger, createRegistry, openApiDocument } from '@snug/edge';
import { COMMANDS, REFUSALS } from '@snug/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mountDocs } from '../src/http/mount-docs.ts';
import { mountWeb } from '../src/http/mount-web.ts';

let dist = '';
let app: Awaited<ReturnType<typeof createEdge>>;
let url = '';

beforeEach(async () => {
  dist = mkdtempSync(join(tmpdir(), 'snug-web-'));
  app = await createEdge({
    logger: createLogger({ level: 'silent' }),
    registry: createRegistry(),
    origins: [],
    trusted_proxies: [],
    readiness: {},
  });
  await mountDocs(app, openApiDocument(COMMANDS, { title: 'Snug', version: '0' }));
  await mountWeb(app, dist);
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await app.close();
  rmSync(dist, { recursive: true });
});

function build(): void {
  mkdirSync(join(dist, 'assets'));
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>built</title>');
  writeFileSync(join(dist, 'assets', 'app-1a2b3c.js'), 'export {};');
  writeFileSync(join(dist, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
}

const browser = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

describe('the web client', () => {
  test('[WEB1] its own addresses answer index.html, never cached', async () => {
    build();
    for (const path of ['/', '/channels/01ABC', '/invite/abcdefgh?x=1', '/setup']) {
      const response = await fetch(url + path, browser);
      expect(response.status, path).toBe(200);
      expect(await response.text(), path).toContain('built');
      expect(response.headers.get('cache-control'), path).toBe('no-cache');
      expect(response.headers.get('content-type'), path).toContain('text/html');
    }
  });

  test('[WEB1] hashed files are kept for good, others for an hour', async () => {
    build();
    const hashed = await fetch(`${url}/assets/app-1a2b3c.js`);
    expect(hashed.headers.get('cache-control')).toContain('immutable');
    expect(hashed.headers.get('content-type')).toContain('javascript');
    expect((await fetch(`${url}/icon.svg`)).headers.get('cache-control')).toBe('public, max-age=3600');
  });

  test('[WEB1] a wrong address below the API, and a file that is not there, are problems and not the app', async () => {
    build();
    for (const path of [
      '/api/v1/nothing',
      '/api',
      '/docs/nothing',
      '/.well-known/x',
      '/metrics/x',
      '/assets/gone.js',
    ]) {
      const response = await fetch(url + path, browser);
      expect(response.status, path).toBe(404);
      expect(response.headers.get('content-type'), path).toContain('application/problem+json');
      expect(((await response.json()) as { code: string }).code, path).toBe('UNKNOWN_ROUTE');
    }
  });

  test('[WEB1] who does not want a page does not get one', async () => {
    build();
    expect((await fetch(`${url}/channels/1`, { headers: { accept: 'application/json' } })).status).toBe(404);
  });

  test('[WEB2] pages carry a strict policy: no inline script or style, no frames', async () => {
    build();
    const policy = (await fetch(url, browser)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('[WEB3] nothing outside the folder is served', async () => {
    build();
    writeFileSync(join(dist, '..', 'outside.txt'), 'outside');
    for (const path of [
      '/../outside.txt',
      '/%2e%2e/outside.txt',
      '/..%2foutside.txt',
      '/assets/..%5c..%5coutside.txt',
    ]) {
      const { hostname, port } = new URL(url);
      const text = await rawGet(hostname, Number(port), path);
      expect(text, path).toMatch(/^HTTP/);
      expect(text.endsWith('outside'), path).toBe(false);
    }
    rmSync(join(dist, '..', 'outside.txt'));
  });

  test('[WEB1] before it is built the page says how to build it', async () => {
    const response = await fetch(url, browser);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
  });
});

describe('the documentation', () => {
  test('[DOC1] the OpenAPI document holds every route of the command table', async () => {
    const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(document.openapi).toBe('3.1.0');
    for (const [name, spec] of Object.entries(COMMANDS)) {
      if (spec.over === 'gateway') continue;
      expect(document.paths[`/api/v1${spec.path}`]?.[spec.method.toLowerCase()], name).toBeDefined();
    }
  });

  test('[DOC2] /docs draws without scripts from elsewhere, and only its policy allows inline styles', async () => {
    const page = await fetch(`${url}/docs`, browser);
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    const html = await page.text();
    const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] as string);
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) {
      const response = await fetch(new URL(source, page.url));
      expect(response.status, source).toBe(200);
    }
    expect(html).not.toMatch(/<script(?![^>]*src=)[^>]*>[^<]*\S/);
  });

  test('[DOC3] every refusal has its place on the page that problems point to', async () => {
    const page = await (await fetch(`${url}/docs/refusals`)).text();
    for (const code of Object.keys(REFUSALS)) expect(page).toContain(`id="${code}"`);
  });
});

/** fetch() would tidy the path before it leaves. */
async function rawGet(host: string, port: number, path: string): Promise<string> {
  const { connect } = await import('node:net');
  const socket = connect(port, host);
  socket.end(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\naccept: text/html\r\nconnection: close\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
