import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.SNUG_DEV_SERVER ?? 'http://127.0.0.1:8080';
const proxy = { target: server, changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'baseline-widely-available',
    outDir: 'dist',
    sourcemap: true,
    // The Content-Security-Policy allows no inline script: what is small stays a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            // Loaded when a text needs them, so they are not drawn along by what could.
            { name: 'emoji', test: /emoji-(names|table)\.ts$/, priority: 1 },
            // no-eval.ts has to run before the first schema is made, so it travels with them.
            { name: 'snug', test: /packages[\\/](protocol|client)[\\/]|node_modules[\\/]zod[\\/]|no-eval\.ts$/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': proxy,
      '/.well-known': proxy,
      '/docs': proxy,
      '/ws': { ...proxy, ws: true },
    },
  },
});
