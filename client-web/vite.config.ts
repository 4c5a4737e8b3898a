import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { oldestBrowsers } from './scripts/oldestBrowsers.mjs';

const SERVER_IN_DEVELOPMENT = 'http://localhost:4000';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // The page may be served below any path: its files are beside it.
  base: './',
  build: {
    target: Object.entries(oldestBrowsers()).map(([browser, version]) => `${browser}${version}`),
    // Nothing inline: the server's Content-Security-Policy allows scripts, styles and fonts from 'self' only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/socket.io': { target: SERVER_IN_DEVELOPMENT, ws: true },
      '/api': { target: SERVER_IN_DEVELOPMENT },
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'node',
    // A test reads the colours in it.
    css: { include: /app\.css/ },
    // Some tests go through all of Unicode, which takes time on a busy machine.
    testTimeout: 30_000,
  },
});
