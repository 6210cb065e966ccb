// Runs the checks of `npm test` one after the other and says how long each took; `test.js fast` leaves out the build and
// the slow lane (Chromium, child processes, real waiting).
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const fast = process.argv[2] === 'fast';
const vitest = ['npx', 'vitest', 'run'];

const NEEDED = fast ? ['redis-server'] : ['redis-server', 'chromium', 'newsboat', 'sqlite3', 'nginx', 'ip'];
const lanes = fast
  ? [{ name: 'fast lane', command: [...vitest, '--project', 'pure', '--project', 'live'] }]
  : [
      { name: 'build', command: ['npm', 'run', '-s', 'build'] },
      { name: 'fast lane: pure rooms', command: [...vitest, '--project', 'pure', '--coverage'] },
      { name: 'fast lane: the rest', command: [...vitest, '--project', 'live'] },
      { name: 'slow lane', command: [...vitest, '--project', 'slow'] },
    ];
const steps = [
  { name: 'programs', command: ['sh', 'scripts/need.sh', '--check', ...NEEDED] },
  { name: 'lint', command: ['npm', 'run', '-s', 'lint'] },
  { name: 'types', command: ['npm', 'run', '-s', 'typecheck'] },
  ...lanes,
];

const took = [];
for (const {
  name,
  command: [program = '', ...args],
} of steps) {
  console.log(`\n── ${name} ──`);
  const began = performance.now();
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (error) console.error(error.message);
  const good = status === 0;
  took.push(`${good ? '✓' : '✗'} ${name.padEnd(24)} ${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s`);
  if (!good) {
    process.exitCode = 1;
    break;
  }
}
console.log(`\n${took.join('\n')}`);
