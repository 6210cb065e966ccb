/** Holds pictures while readers take them: one buffer for all readers of a picture, and no more bytes than are allowed. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ImageFetch } from '../deps.ts';

export interface PictureLimits {
  /** Bytes of all pictures that are held. */
  readonly mostBytes: number;
  /** Fetches at once, those that wait for their host included. */
  readonly mostFetches: number;
  /** A reader that does not take a slice of `SLICE_BYTES` within this is cut off. */
  readonly stallMs: number;
  /** Where room is needed, readers that have been at a picture for longer are cut off. */
  readonly patienceMs: number;
}

/** `full`: no room now. `failed`: the picture did not come. */
type Borrowed = Loan | { readonly kind: 'full' } | { readonly kind: 'failed'; readonly message: string };

/** A picture that is held until it is given back. */
interface Loan {
  readonly kind: 'lent';
  /** As its server said. */
  readonly type: string;
  readonly length: number;
  /** The picture, slice by slice as the reader takes it; it is given back when the connection is done with it. */
  readonly streamTo: (reader: ServerResponse) => Readable;
  readonly giveBack: () => void;
}

export interface PictureRoom {
  /** Lends the picture of this key; `fetch` is asked where it is not here. */
  readonly borrow: (key: string, fetch: () => ReturnType<ImageFetch>) => Promise<Borrowed>;
  /** Held now. */
  readonly bytes: () => number;
  readonly readers: () => number;
}

const SLICE_BYTES = 64 * 1024;

interface Reader {
  readonly since: number;
  readonly cut: () => void;
}

interface Held {
  /** Borrowers, those that wait for the fetch included. */
  borrowers: number;
  length: number;
  readonly readers: Set<Reader>;
  readonly coming: Promise<Awaited<ReturnType<ImageFetch>> | null>;
}

export function createPictureRoom(limits: PictureLimits): PictureRoom {
  const held = new Map<string, Held>();
  let fetches = 0;
  let bytes = 0;

  /** Cuts slow readers off, the oldest first, until there is room. */
  function makeRoom(length: number): boolean {
    const before = performance.now() - limits.patienceMs;
    const slow = [...held.values()]
      .filter(({ readers, borrowers }) => readers.size === borrowers)
      .filter(({ readers }) => [...readers].every(({ since }) => since < before))
      .sort((a, b) => oldestOf(a) - oldestOf(b));
    for (const { readers } of slow) {
      if (bytes + length <= limits.mostBytes) break;
      // A Set may lose the member that is being visited.
      for (const { cut } of readers) cut();
    }
    return bytes + length <= limits.mostBytes;
  }

  function fetchInto(key: string, fetch: () => ReturnType<ImageFetch>): Held {
    const drop = () => {
      if (held.get(key) === one) held.delete(key);
    };
    const load = async () => {
      fetches++;
      try {
        const image = await fetch();
        if (!image.ok) drop();
        else if (!makeRoom(image.body.byteLength)) {
          drop();
          return null;
        } else {
          one.length = image.body.byteLength;
          bytes += one.length;
        }
        return image;
      } catch (error) {
        drop();
        throw error;
      } finally {
        fetches--;
      }
    };
    const one: Held = { borrowers: 0, length: 0, readers: new Set(), coming: Promise.resolve().then(load) };
    held.set(key, one);
    return one;
  }

  function leave(key: string, one: Held): void {
    one.borrowers--;
    if (one.borrowers > 0 || held.get(key) !== one) return;
    held.delete(key);
    bytes -= one.length;
  }

  return {
    async borrow(key, fetch) {
      const known = held.get(key);
      if (known === undefined && fetches >= limits.mostFetches) return { kind: 'full' };
      const one = known ?? fetchInto(key, fetch);
      one.borrowers++;
      const image = await one.coming;
      if (image === null) return { kind: 'full' };
      if (!image.ok) return { kind: 'failed', message: image.message };
      return lend(image, one, () => leave(key, one), limits.stallMs);
    },
    bytes: () => bytes,
    readers: () => [...held.values()].reduce((sum, { readers }) => sum + readers.size, 0),
  };
}

function oldestOf({ readers }: Held): number {
  return Math.min(...[...readers].map(({ since }) => since));
}

function lend(
  { body, type }: { readonly body: Uint8Array; readonly type: string },
  one: Held,
  leave: () => void,
  stallMs: number,
): Loan {
  let reader: Reader | undefined;
  let watch: NodeJS.Timeout | undefined;
  let over = false;
  const giveBack = () => {
    if (over) return;
    over = true;
    clearTimeout(watch);
    if (reader !== undefined) one.readers.delete(reader);
    leave();
  };
  function* slices() {
    for (let at = 0; at < body.byteLength; at += SLICE_BYTES) {
      watch?.refresh();
      yield Buffer.from(body.buffer, body.byteOffset + at, Math.min(SLICE_BYTES, body.byteLength - at));
    }
  }
  return {
    kind: 'lent',
    type,
    length: body.byteLength,
    giveBack,
    streamTo(response) {
      const cut = () => {
        giveBack();
        response.destroy();
      };
      if (response.destroyed) giveBack();
      else {
        reader = { since: performance.now(), cut };
        one.readers.add(reader);
        watch = setTimeout(cut, stallMs);
        response.once('close', giveBack);
      }
      return Readable.from(slices());
    },
  };
}
