/**
 * Tells zod, before the first schema is made, that this page may not make code from text. It would find out by trying, and
 * every try is a violation of the Content-Security-Policy. (`z.config({ jitless: true })` says the same, but only after
 * zod has loaded with the first schemas behind it.) The build keeps this file ahead of them: vite.config.ts.
 */
Reflect.set(globalThis, '__zod_globalConfig', { jitless: true });
