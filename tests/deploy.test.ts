/** What the container image holds, what it runs on, and what watches its parts. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readDocument } from '../src/feed/readdocument.ts';
import { plainSource } from '../src/config/plainsource.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const dockerfile = read('Dockerfile');
const ignored = read('.dockerignore').split('\n');

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly strategy?: { readonly matrix: { readonly image: readonly string[] } } }>
  >;
}

describe('the image', () => {
  const lines = [...dockerfile.matchAll(/^FROM node:(\d+)-/gm)].map(([, line]) => Number(line));

  it('runs on one line of Node that gets support for years, which CI tests beside the oldest', () => {
    const [line = 0] = lines;
    expect(new Set(lines).size).toBe(1);
    // Even lines become LTS (nodejs.org/en/about/previous-releases).
    expect(line % 2).toBe(0);
    const { jobs } = parse(read('.github/workflows/ci.yml')) as Workflow;
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const floor = engines.node.replace('>=', '');
    expect(jobs['test']?.strategy?.matrix.image).toEqual([`node:${floor}-bookworm`, `node:${line}-bookworm`]);
    expect(line).toBeGreaterThan(Number.parseInt(floor));
  });

  it.each(['config/sources.yaml', 'config/settings.yaml', 'config/backups'])('has no %s in any layer', (path) => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, from = '']) => from.split(' '));
    expect(copied).not.toContain('config');
    expect(copied).not.toContain('.');
    expect(copied).not.toContain(path);
    expect(ignored).toContain(path);
    // Mounted instead.
    expect(read('compose.yaml')).toContain('./config:/app/config:ro');
  });

  it('starts by bin/deltawire, which sets what the C library and V8 take', () => {
    const entry = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
    const [init, , program = '', ...args] = entry;
    expect([init, program]).toEqual(['tini', 'bin/deltawire']);
    const image = mkdtempSync(join(tmpdir(), 'deltawire-image-'));
    try {
      // What the last stage copies from the checkout, and in place of what was built a program that says how it runs.
      const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
      for (const [, from = '', to = ''] of lastStage.matchAll(/^COPY (?!--from)(\S+) (\S+)$/gm))
        if (!from.includes('*'))
          cpSync(fileURLToPath(new URL(`../${from}`, import.meta.url)), join(image, to), { recursive: true });
      writeFileSync(join(image, 'package.json'), read('package.json'));
      mkdirSync(join(image, 'dist'));
      writeFileSync(
        join(image, 'dist/main.js'),
        'console.log(JSON.stringify([process.execArgv, process.argv.slice(2), Object.keys(process.env)]))',
      );
      const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
      const said = execFileSync(program, [...args, 'start', '--role', 'worker'], { cwd: image, env, encoding: 'utf8' });
      expect(JSON.parse(said)).toEqual([
        [expect.stringMatching(/^--v8-pool-size=[1-4]$/), '--max-semi-space-size=4'],
        ['start', '--role', 'worker'],
        expect.arrayContaining(['MALLOC_ARENA_MAX', 'MALLOC_MMAP_THRESHOLD_']),
      ]);
    } finally {
      rmSync(image, { recursive: true });
    }
  });

  it('runs as no root', () => expect(dockerfile).toMatch(/^USER node$/m));

  it('lets whoever it runs as keep data in its volume, which compose.yaml names', () => {
    expect(dockerfile).toMatch(/^RUN mkdir -m 1777 \/data$/m);
    expect(parse(read('compose.yaml'))).toMatchObject({
      services: { deltawire: { volumes: expect.arrayContaining(['data:/data']) as string[] } },
      volumes: { data: null },
    });
  });
});

it('what is shipped is asked after each week', () => {
  const workflow = parse(read('.github/workflows/dependencies.yml')) as { on: { schedule: unknown[] } };
  expect(workflow.on.schedule).toHaveLength(1);
  expect(read('.github/workflows/dependencies.yml')).toContain('npm audit --omit=dev');
});

describe('xml2js, which rss-parser reads with', () => {
  it('is of a version in which element names are no prototypes (CVE-2023-0842)', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version?: string }> };
    const [, minor = 0] = (lock.packages['node_modules/xml2js']?.version ?? '').split('.').map(Number);
    expect(minor).toBeGreaterThanOrEqual(5);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '$', '_', '#text'])(
    'gets no element of a feed under the name %s',
    async (name) => {
      const inner = `<${name} polluted="1"><polluted>1</polluted></${name}>`;
      const feed = `<rss version="2.0"><channel ${name}="x"><title>样报</title>${inner}
        <item><title>合肥开通公交线路</title><guid>1</guid><link>https://a.example/1</link>${inner}</item></channel></rss>`;
      const document = { bytes: Buffer.from(feed), headers: {}, url: 'https://a.example/feed' };
      const reading = await readDocument(plainSource('a', document.url), document, 0);
      expect(reading.ok && reading.document.items.map(({ title }) => title)).toEqual(['合肥开通公交线路']);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );
});
