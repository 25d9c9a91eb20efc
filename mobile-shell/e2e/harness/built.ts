/** Builds the app twice for the stories: two versions that differ in nothing but their name. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const shell = fileURLToPath(new URL('../..', import.meta.url));
/** Where the builds of the stories lie. */
export const BUILDS = fileURLToPath(new URL('../.tmp/', import.meta.url));

export default function build(): void {
  if (process.env.STORIES_KEEP_BUILDS === 'yes') {
    return;
  }
  for (const version of ['one', 'two']) {
    execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--mode', 'stories', '--outDir', `${BUILDS}${version}`, '--emptyOutDir', '--logLevel', 'error'], {
      cwd: shell,
      // Under a test runner vite would take it for a build in development.
      env: { ...process.env, NODE_ENV: 'production', WORKBOOK_BUILD: version },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
}
