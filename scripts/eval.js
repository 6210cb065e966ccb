// Scores the editorial work on labelled material: EVAL (default ../shared/eval) holds score.mjs and dev/, where present;
// FEEDPARSER_TESTS names a copy of the Python feedparser project's test documents, where present.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(root, process.env.EVAL ?? '../shared/eval');
const run = `${process.execPath} ${join(root, 'bin/deltawire.js')} try --json`;
let ran = 0;

function step(title, command, args) {
  console.log(`\n${title}`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd: root });
  if (error) throw error;
  if (status !== 0) process.exitCode = 1;
  ran++;
}

if (existsSync(join(folder, 'score.mjs'))) {
  const score = (what, ...more) => [join(folder, 'score.mjs'), what, join(folder, 'dev'), '--run', run, ...more];
  for (const what of ['region', 'articles', 'feeds']) step(what, process.execPath, score(what));
  for (const seed of ['', '1', '2', '3', '4'])
    step(`stories, order ${seed || 'as given'}`, process.execPath, score('stories', '--seed', seed));
}
if (process.env.FEEDPARSER_TESTS && existsSync(process.env.FEEDPARSER_TESTS))
  step('feedparser suite', 'npx', ['tsx', 'scripts/eval-feedparser.ts', process.env.FEEDPARSER_TESTS]);
if (ran === 0) console.log('nothing to score: set EVAL to a folder with score.mjs and dev/, or FEEDPARSER_TESTS');
