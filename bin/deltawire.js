#!/usr/bin/env node
// Starts dist/main.js, and builds it first in a checkout whose sources are newer.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'dist/main.js');

function newest(folder) {
  return Math.max(
    ...readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, name)).mtimeMs),
    statSync(join(root, 'package.json')).mtimeMs,
  );
}

const isCheckout = existsSync(join(root, 'src'));
if (isCheckout && (!existsSync(main) || newest(join(root, 'src')) > statSync(main).mtimeMs)) {
  // Compiler output belongs on stderr: stdout is the command's own.
  execFileSync(process.execPath, [join(root, 'scripts/build.js')], { stdio: ['ignore', 2, 2] });
}
await import(main);
