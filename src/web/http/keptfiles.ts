/** Keeps rendered feeds as files, each written whole or not at all, so that a daemon that starts without Redis has them. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { strongEtag } from '../../publish/etag.ts';
import { DRAFT, writeWhole } from '../../text/wholefile.ts';
import type { Rendering } from './renderings.ts';

/** Of one feed and of all; a feed of a hundred long stories has about 1 MB. */
const MAX_FILE_BYTES = 32 * 2 ** 20;
const MAX_BYTES = 512 * 2 ** 20;
const NEWLINE = 10;

export interface KeptFiles {
  /** Writes the rendering where it is another one than was written last. Throws where the disk does not take it. */
  readonly save: (name: string, rendering: Rendering) => Promise<void>;
  /** Undefined where there is none, or one that was damaged. */
  readonly read: (name: string) => Promise<Rendering | undefined>;
  /** Removes all files but these. */
  readonly keepOnly: (names: ReadonlySet<string>) => Promise<void>;
  /** How many files there are. */
  readonly count: () => Promise<number>;
}

/** The first line of a file; what follows is the feed. */
const HEAD = z.object({
  etag: z.string(),
  contentType: z.string(),
  changedAt: z.number(),
  link: z.string(),
  cacheControl: z.string(),
  vary: z.string(),
});

/** `folder`: of nothing else; it is made when the first file is written. */
export function openKeptFiles(folder: string): KeptFiles {
  /** Name → what is on disk. */
  const written = new Map<string, { readonly etag: string; readonly bytes: number }>();
  const list = async () => (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'));

  async function save(name: string, rendering: Rendering): Promise<void> {
    const { etag, body } = rendering.identity;
    if (written.get(name)?.etag === etag) return;
    const others = [...written].reduce((sum, [other, { bytes }]) => sum + (other === name ? 0 : bytes), 0);
    if (body.length > MAX_FILE_BYTES || others + body.length > MAX_BYTES) {
      // Better none than one that is out of date.
      await rm(join(folder, name), { force: true });
      written.delete(name);
      return;
    }
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { contentType, changedAt, link, cacheControl, vary } = rendering;
    const head = JSON.stringify({ etag, contentType, changedAt, link, cacheControl, vary });
    await writeWhole(join(folder, name), Buffer.concat([Buffer.from(`${head}\n`), body]), 0o600);
    written.set(name, { etag, bytes: body.length });
  }

  return {
    save,
    read: async (name) => {
      const bytes = await readFile(join(folder, name)).catch(() => null);
      return bytes === null ? undefined : parse(bytes);
    },
    keepOnly: async (names) => {
      for (const name of await readdir(folder).catch(() => [])) {
        if (names.has(name) || (name.startsWith('.') && !DRAFT.test(name))) continue;
        await rm(join(folder, name), { force: true });
        written.delete(name);
      }
    },
    count: async () => (await list()).length,
  };
}

function parse(bytes: Buffer): Rendering | undefined {
  const end = bytes.indexOf(NEWLINE);
  const head = readHead(bytes.subarray(0, Math.max(end, 0)).toString());
  const body = bytes.subarray(end + 1);
  if (head === undefined || strongEtag(body.toString()) !== head.etag) return undefined;
  const { etag, ...rest } = head;
  return {
    ...rest,
    stamp: 'written before this start',
    identity: { body, etag },
    codings: new Map(),
    asked: new Set(),
    made: null,
  };
}

function readHead(line: string): z.infer<typeof HEAD> | undefined {
  try {
    return HEAD.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
