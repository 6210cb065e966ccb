/** Writes an entry and what its publisher said into the fields of its hash, and reads them out of it. */
import { z } from 'zod';
import type { Entry, StoredRaw } from '../../model/entry.ts';
import { messageOf } from '../../text/messageof.ts';
import { outline } from '../redis/storedjson.ts';
import { StoreError } from '../redis/storeerror.ts';
import { pack, unpack } from './pack.ts';

const ENTRY = outline<Entry>({ id: z.string(), source: z.string(), title: z.string(), text: z.string() });
const RAW = outline<StoredRaw>({ item: z.looseObject({ id: z.string() }) });

/** The fields `e` and `r` of an entry's hash. */
export interface Packed {
  readonly entry: Buffer;
  readonly raw: Buffer;
}

/** `raw`: null where what its publisher said is not kept any more; its field is empty then. */
export async function packEntry(entry: Entry, raw: StoredRaw | null): Promise<Packed> {
  const json = JSON.stringify(entry);
  return { entry: await pack(json), raw: raw === null ? Buffer.alloc(0) : await pack(JSON.stringify(raw), json) };
}

/** An entry from the field `e` of its hash, and the JSON that its raw item was packed against. */
export function readPacked(entry: Buffer, key: string): { readonly entry: Entry; readonly json: string } {
  const json = readUnpacked(entry, key);
  return { entry: ENTRY.read(json, key), json };
}

/** What its publisher said, from the field `r` of an entry's hash; `json`: of `readPacked`. */
export function readRaw(raw: Buffer, json: string, key: string): StoredRaw {
  return RAW.read(readUnpacked(raw, key, json), key);
}

function readUnpacked(packed: Buffer, key: string, like?: string): string {
  try {
    return unpack(packed, like);
  } catch (error) {
    throw new StoreError('unreadable', `${key} cannot be unpacked: ${messageOf(error)}`, { cause: error });
  }
}
