// Compiles src/ into dist/ and copies what tsc leaves behind: Lua scripts, data files, styles.
import { execFileSync } from 'node:child_process';
import { cpSync, renameSync, rmSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

// Whole or not at all: a program that starts meanwhile finds the old build or the new one.
const fresh = join(root, `dist.${process.pid}`);
// Types are checked by npm test; checking them again would make the first start several times as long.
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.json'), '--noCheck', '--outDir', fresh], {
  stdio: 'inherit',
  cwd: root,
});
cpSync(join(root, 'src'), fresh, {
  recursive: true,
  filter: (file) => !['.ts', '.tsx'].includes(extname(file)),
});
rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(fresh, join(root, 'dist'));
