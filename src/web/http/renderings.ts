/** Keeps rendered feeds in memory: one rendering a key; the narrowed ones that were not used longest go first, plain ones last. */
import { performance } from 'node:perf_hooks';
import { strongEtag } from '../../publish/etag.ts';
import { type Coding, compress } from './encoding.ts';
import { type Making, makingOf } from './renderpace.ts';

export interface Encoded {
  readonly body: Buffer;
  readonly etag: string;
}

export interface Rendering {
  /** What it was rendered from; another stamp means that it is out of date. */
  readonly stamp: string;
  readonly contentType: string;
  readonly identity: Encoded;
  /** When what a reader sees last changed. */
  readonly changedAt: number;
  /** Values of the headers Link and Cache-Control, and what Vary names besides the usual. */
  readonly link: string;
  readonly cacheControl: string;
  readonly vary: string;
  readonly codings: Map<Coding, Encoded | Promise<Encoded>>;
  /** Codings that readers asked for. */
  readonly asked: Set<Coding>;
  /** Null: it was made by an earlier run of the program. */
  readonly made: Making | null;
}

export interface Rendered {
  readonly body: string;
  readonly contentType: string;
  readonly changedAt: number;
  readonly link: string;
  readonly cacheControl: string;
  readonly vary: string;
}

export interface Cache {
  /** The last rendering under `key`, current or not. */
  readonly peek: (key: string) => Rendering | undefined;
  /** The rendering of `stamp`, made by `render` where it is not kept; requests at the same time share one. */
  readonly obtain: (key: string, stamp: string, plain: boolean, render: () => Promise<Rendered>) => Promise<Rendering>;
  /** Takes in a rendering that was made elsewhere. */
  readonly keep: (key: string, rendering: Rendering) => void;
  readonly sizes: () => { readonly plain: number; readonly narrowed: number; readonly bytes: number };
}

interface Slot {
  readonly rendering: Rendering;
  readonly plain: boolean;
  readonly bytes: number;
}

/** Compressed forms come to about as much again as a third of the text. */
const CODED_SHARE = 1.5;
const SLOT_BYTES = 1_000;

export function createCache(maxBytes: number): Cache {
  const slots = new Map<string, Slot>();
  const running = new Map<string, Promise<Rendering>>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= slots.get(key)?.bytes ?? 0;
    slots.delete(key);
  }

  function evict(keep: string): void {
    for (const plain of [false, true])
      for (const [key, slot] of slots) {
        if (bytes <= maxBytes) return;
        if (slot.plain === plain && key !== keep) drop(key);
      }
  }

  function put(key: string, rendering: Rendering, plain: boolean): void {
    drop(key);
    const size = Math.ceil(rendering.identity.body.length * CODED_SHARE) + SLOT_BYTES;
    slots.set(key, { rendering, plain, bytes: size });
    bytes += size;
    evict(key);
  }

  function peek(key: string): Rendering | undefined {
    const slot = slots.get(key);
    if (slot === undefined) return undefined;
    // A Map keeps insertion order: taking a slot out and in again makes it the most recent.
    slots.delete(key);
    slots.set(key, slot);
    return slot.rendering;
  }

  function obtain(key: string, stamp: string, plain: boolean, render: () => Promise<Rendered>): Promise<Rendering> {
    const kept = peek(key);
    if (kept?.stamp === stamp) return Promise.resolve(kept);
    const name = `${key}\n${stamp}`;
    let job = running.get(name);
    if (job === undefined) {
      const began = performance.now();
      job = render()
        .then(async (rendered) => {
          const at = performance.now();
          const rendering = renew(kept, stamp, rendered, makingOf(kept?.made ?? null, at, at - began));
          // Those who read the one before need not wait while this one is compressed.
          await Promise.all([...(kept?.asked ?? [])].map(async (coding) => encodingOf(rendering, coding)));
          put(key, rendering, plain);
          return rendering;
        })
        .finally(() => running.delete(name));
      running.set(name, job);
    }
    return job;
  }

  return {
    peek,
    obtain,
    keep: (key, rendering) => put(key, rendering, true),
    sizes: () => {
      const plain = [...slots.values()].filter((slot) => slot.plain).length;
      return { plain, narrowed: slots.size - plain, bytes };
    },
  };
}

/** Keeps the old bytes and their compressed forms where nothing changed but the stamp. */
function renew(previous: Rendering | undefined, stamp: string, rendered: Rendered, made: Making): Rendering {
  const body = Buffer.from(rendered.body, 'utf8');
  const etag = strongEtag(rendered.body);
  if (previous?.identity.etag === etag) return { ...previous, asked: new Set(), stamp, made };
  // Something may leave a feed without anything newer coming in; its date still has to move on.
  const changedAt =
    previous === undefined ? rendered.changedAt : Math.max(rendered.changedAt, previous.changedAt + 1000);
  const { contentType, link, cacheControl, vary } = rendered;
  const identity = { body, etag };
  return {
    stamp,
    contentType,
    identity,
    changedAt,
    link,
    cacheControl,
    vary,
    codings: new Map(),
    asked: new Set(),
    made,
  };
}

/** The rendering in a coding, compressed once; its ETag is its own (RFC 9110 §8.8.3.3). Ready at once where it was asked for before. */
export function inCoding(rendering: Rendering, coding: Coding): Encoded | Promise<Encoded> {
  rendering.asked.add(coding);
  return encodingOf(rendering, coding);
}

function encodingOf(rendering: Rendering, coding: Coding): Encoded | Promise<Encoded> {
  if (coding === 'identity') return rendering.identity;
  const known = rendering.codings.get(coding);
  if (known !== undefined) return known;
  const { identity, codings } = rendering;
  const encoded = compress(identity.body, coding).then((body): Encoded => {
    const done = { body, etag: `${identity.etag.slice(0, -1)}-${coding}"` };
    codings.set(coding, done);
    return done;
  });
  codings.set(coding, encoded);
  return encoded;
}
