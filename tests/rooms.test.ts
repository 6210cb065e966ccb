/** Holds who may import whom: the table is the plan, the files are checked against it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

const PURE = ['feed', 'clean', 'region', 'story', 'publish'];

/** Room → rooms it may import, itself aside. A file directly in src/ is a room of its own name. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  types: [],
  text: ['types'],
  password: ['text'],
  fault: ['types'],
  ...Object.fromEntries(PURE.map((room) => [room, ['types', 'text']])),
  config: ['types', 'text', 'password'],
  fetch: ['types', 'text'],
  store: ['types', 'text'],
  push: ['types', 'text', 'store', 'fetch'],
  demo: ['types', 'text'],
  editorial: ['types', 'text', 'clean', 'region', 'story'],
  queue: ['types', 'text', 'editorial', 'feed', 'clean', 'region', 'story', 'fetch', 'store', 'push'],
  web: ['types', 'text', 'password', 'store', 'publish', 'push', 'queue/queues'],
  schedule: ['types', 'queue', 'store'],
  checks: ['config', 'region'],
  state: ['types', 'editorial'],
  daemon: [
    'types',
    'text',
    'fault',
    'checks',
    'state',
    'schedule',
    'config',
    'fetch',
    'store',
    'queue',
    'web',
    'editorial',
    ...PURE,
  ],
  cli: [
    'types',
    'text',
    'password',
    'fault',
    'checks',
    'daemon',
    'demo',
    'config',
    'fetch',
    'store',
    'queue',
    'editorial',
    ...PURE,
  ],
  main: ['cli'],
};

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g)].map((match) => match[1] ?? '');
  return targets.map((target) => ({ file, target: normalize(join(dirname(file), target)).replace(/\.tsx?$/, '') }));
}

const roomOf = (path: string) => path.split('/')[0]?.replace(/\.tsx?$/, '') ?? '';
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));

describe('who may import whom', () => {
  it('knows every room', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !(room in MAY))).toEqual([]);
  });

  it.each(Object.keys(MAY))('%s imports only what it may', (room) => {
    const allowed = MAY[room] ?? [];
    const wrong = files
      .filter((file) => roomOf(file) === room)
      .flatMap(importsOf)
      .filter(
        ({ target }) => roomOf(target) !== room && !allowed.includes(roomOf(target)) && !allowed.includes(target),
      );
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('sees imports at all', () => {
    expect(importsOf('main.ts').map(({ target }) => target)).toContain('cli/exit');
  });
});
