import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { strongEtag } from '../../src/publish/etag.ts';
import { openKeptFiles } from '../../src/web/http/keptfiles.ts';
import type { Rendering } from '../../src/web/http/renderings.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'deltawire-kept-')), 'feeds');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

function makeRendering(body: string): Rendering {
  return {
    stamp: '1',
    contentType: 'application/rss+xml; charset=utf-8',
    identity: { body: Buffer.from(body), etag: strongEtag(body) },
    changedAt: 1_770_000_000_000,
    link: '<http://x/feeds/delta.rss>; rel="self"',
    cacheControl: 'public, max-age=60',
    vary: 'Host',
    codings: new Map(),
    asked: new Set(),
    made: null,
  };
}

it('gives what was written, to a process that comes later', async () => {
  const rendering = makeRendering('<rss>\n合肥\n</rss>');
  await openKeptFiles(folder).save('delta.rss', rendering);
  const read = await openKeptFiles(folder).read('delta.rss');
  expect(read).toEqual({ ...rendering, stamp: expect.not.stringMatching(/^1$/) as string });
  expect(await openKeptFiles(folder).count()).toBe(1);
  expect(await openKeptFiles(folder).read('delta.atom')).toBeUndefined();
});

it('writes only what changed, whole, and leaves no draft', async () => {
  const files = openKeptFiles(folder);
  await files.save('delta.rss', makeRendering('one'));
  const first = (await stat(join(folder, 'delta.rss'))).ino;
  await files.save('delta.rss', makeRendering('one'));
  expect((await stat(join(folder, 'delta.rss'))).ino).toBe(first);
  await files.save('delta.rss', makeRendering('two'));
  expect((await files.read('delta.rss'))?.identity.body.toString()).toBe('two');
  expect(await readdir(folder)).toEqual(['delta.rss']);
});

it.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, -3)],
  ['zeros at its end', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -3), Buffer.alloc(3)])],
  ['empty', () => Buffer.alloc(0)],
  ['no head', () => Buffer.from('<rss/>')],
])('gives no file that is damaged: %s', async (_name, damage) => {
  const files = openKeptFiles(folder);
  await files.save('delta.rss', makeRendering('<rss>one</rss>'));
  const path = join(folder, 'delta.rss');
  await writeFile(path, damage(await readFile(path)));
  expect(await files.read('delta.rss')).toBeUndefined();
});

it('removes what no edition has any more, and drafts of a killed process', async () => {
  const files = openKeptFiles(folder);
  for (const name of ['delta.rss', 'gone.rss']) await files.save(name, makeRendering(name));
  await writeFile(join(folder, '.delta.rss.0a0a0a.tmp'), 'half');
  await files.keepOnly(new Set(['delta.rss', 'delta.atom']));
  expect(await readdir(folder)).toEqual(['delta.rss']);
  await files.save('gone.rss', makeRendering('gone.rss'));
  expect(await files.count()).toBe(2);
});

it('keeps none rather than an old one where a feed is too large', async () => {
  const files = openKeptFiles(folder);
  await files.save('delta.rss', makeRendering('small'));
  await files.save('delta.rss', makeRendering('x'.repeat(33 * 2 ** 20)));
  expect(await files.read('delta.rss')).toBeUndefined();
});
