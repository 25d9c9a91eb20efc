/**
 * How the app is built. Two builds in one: the page with its workers, and the service worker, into
 * which the list of files to keep is written (injectManifest).
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { manifest } from './manifest.ts';

/** Without these the browser gives no shared memory, and speech runs on one thread. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** `npm run dev` speaks to a running `workbook serve`. */
const api = { '/api': { target: process.env.WORKBOOK_SERVER ?? 'http://127.0.0.1:8787' } };

/** The core that this build is made with: other bytes under its name are refused at run time. */
function sha256Of(name: string): string {
  const file = new URL(`./src/core/pkg/${name}_bg.wasm`, import.meta.url);
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : '';
}

export default defineConfig({
  plugins: [
    preact(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: false,
      manifest,
      injectManifest: {
        // Everything that the app needs without network. The speech model is fetched by the person.
        globPatterns: ['**/*.{html,js,css,wasm,woff2,svg,png,webmanifest}'],
        maximumFileSizeToCacheInBytes: 16 * 1024 * 1024,
        injectionPoint: 'self.__WB_MANIFEST',
        rollupFormat: 'iife',
      },
      devOptions: { enabled: false },
    }),
  ],
  worker: { format: 'es' },
  // Screens import GOV.UK Frontend's styles from node_modules.
  css: { preprocessorOptions: { scss: { quietDeps: true, loadPaths: ['node_modules'] } } },
  define: {
    __BUILD__: JSON.stringify(process.env.WORKBOOK_BUILD ?? 'dev'),
    __CORE_SHA256__: JSON.stringify(sha256Of('device')),
    __HEARING_SHA256__: JSON.stringify(sha256Of('hearing')),
  },
  build: {
    target: 'es2022',
    // The default minifier rejects govuk-frontend's styles.
    cssMinify: 'esbuild',
    sourcemap: false,
    // Small files inlined as data: addresses would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { headers: isolation, proxy: api },
  preview: { headers: isolation, proxy: api },
});
