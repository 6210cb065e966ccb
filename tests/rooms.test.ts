/** Holds who may import whom: the table is the plan, the files are checked against it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

const GROUND = ['model', 'text', 'reasons', 'zh', 'divisions'];
const STAGES = ['feed', 'clean', 'region', 'story', 'publish'];

/** Room → rooms it may import, itself aside: those below it. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  model: [],
  text: ['model'],
  reasons: ['model', 'text'],
  zh: ['model', 'reasons', 'text'],
  divisions: ['model', 'reasons', 'text', 'zh'],
  ...Object.fromEntries(STAGES.map((room) => [room, GROUND])),
  config: GROUND,
  fetch: GROUND,
  store: GROUND,
  sources: [...GROUND, 'feed', 'fetch'],
  pipeline: [...GROUND, 'config', ...STAGES],
  threads: [...GROUND, 'feed', 'pipeline'],
  websub: [...GROUND, 'fetch', 'store'],
  jobs: [...GROUND, 'feed', 'clean', 'story', 'fetch', 'store', 'sources', 'pipeline', 'threads', 'websub'],
  web: [...GROUND, 'publish', 'store', 'sources', 'websub', 'jobs/queues'],
  demo: GROUND,
  daemon: [...GROUND, ...STAGES, 'config', 'fetch', 'store', 'sources', 'pipeline', 'threads', 'websub', 'jobs', 'web'],
  cli: [...GROUND, ...STAGES, 'config', 'fetch', 'store', 'sources', 'pipeline', 'jobs', 'daemon', 'demo'],
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

/** What only the store does: send commands to Redis, and name its keys. */
const OF_THE_STORE: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a command', /\bredis\s*\.\s*[a-z]\w*\s*\(/],
  ['a connection', /\.redis\b/],
  ['names of keys', /import\s*\{[^}]*\bkeys\b[^}]*\}\s*from\s*'[^']*redis\/keys\.ts'/],
  ['a name made by hand', /\.prefix\}/],
];

describe('who speaks to Redis', () => {
  it.each(OF_THE_STORE)('is the store alone: %s', (_, pattern) => {
    const others = files.filter((file) => roomOf(file) !== 'store');
    expect(others.filter((file) => pattern.test(readFileSync(join(SRC, file), 'utf8')))).toEqual([]);
    expect(files.some((file) => roomOf(file) === 'store' && pattern.test(readFileSync(join(SRC, file), 'utf8')))).toBe(
      true,
    );
  });
});

describe('who parses markup', () => {
  it('is the guarded parser alone; two readers cut tags and keep no stack', () => {
    const importers = (name: string) =>
      files.filter((file) =>
        new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from 'htmlparser2'`).test(
          readFileSync(join(SRC, file), 'utf8'),
        ),
      );
    expect(importers('Parser')).toEqual(['text/guardedparser.ts']);
    expect(importers('parseDocument')).toEqual([]);
    expect(importers('Tokenizer').toSorted()).toEqual(['feed/markup/links.ts', 'feed/xml/xml.ts']);
  });
});

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
    expect(importsOf('main.ts').map(({ target }) => target)).toContain('cli/commandline');
  });
});

/** What a file is loaded with: its own imports but types, and theirs; files below src/ without their ending, and packages. */
function loadedWith(file: string): ReadonlySet<string> {
  const loaded = new Set<string>();
  const waiting = [file];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (loaded.has(next)) continue;
    loaded.add(next);
    const path = [`${next}.ts`, `${next}.tsx`].find((one) => files.includes(one));
    if (path === undefined) continue;
    const text = readFileSync(join(SRC, path), 'utf8');
    for (const [, , target = ''] of text.matchAll(/^(?:import|export) (?!type )([^;]*? from )?'([^']+)';/gm))
      waiting.push(target.startsWith('.') ? normalize(join(dirname(path), target)).replace(/\.tsx?$/, '') : target);
  }
  return loaded;
}

describe('the thread that serves readers', () => {
  // Each takes memory as long as the daemon runs.
  const ELSEWHERE: readonly (readonly [whose: string, loaded: readonly string[]])[] = [
    ['threads that read', ['feed/readdocument', 'rss-parser', 'css-select', 'iconv-lite']],
    ['threads that edit', ['clean/clean', 'region/classify']],
    ['the thread that loads the config', ['config/schema/schema', 'config/build', 'yaml']],
    ['who asks for the other script', ['opencc-js']],
  ];
  const loaded = loadedWith('cli/commands/start');
  it.each(ELSEWHERE)('loads nothing of %s', (_, others) => {
    expect(others.filter((other) => loaded.has(other))).toEqual([]);
  });

  it('loads what it serves them with', () => {
    expect(['web/server', 'store/stories/stories', 'bullmq'].filter((one) => !loaded.has(one))).toEqual([]);
    expect(loadedWith('threads/perform').has('rss-parser')).toBe(true);
  });
});

/** Names that stand in several rooms because they are the same part of different resources, or its noun and its command. */
const PARTS = ['json', 'opml', 'poll', 'replay', 'source', 'story', 'thresholds'];

describe('names of files', () => {
  it('stand in one room only, but for parts', () => {
    const rooms = new Map<string, Set<string>>();
    for (const file of files) {
      const name = basename(file).replace(/\.tsx?$/, '');
      rooms.set(name, (rooms.get(name) ?? new Set()).add(roomOf(file)));
    }
    const shared = [...rooms].filter(([, where]) => where.size > 1).map(([name]) => name);
    expect(shared.toSorted()).toEqual(PARTS);
  });
});
