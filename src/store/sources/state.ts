/** The stored state of a source and its polls: what an older version did not write is as of a source never polled. */
import { z } from 'zod';
import { NO_VALIDATORS } from '../../model/fetch.ts';
import type { PollRecord, SourceState } from '../../model/source.ts';
import { outline } from '../redis/storedjson.ts';

// What is missing or of another kind is unknown: one odd field of one source stops neither it nor the others.
const text = z.string().nullable().catch(null);
const number = z.number().nullable().catch(null);
const count = z.number().catch(0);
const flag = z.boolean().catch(false);
const object = z.looseObject({}).nullable().catch(null);
/** A sentence as it was once written, or a reason. */
const said = z
  .union([z.string(), z.looseObject({ code: z.string() })])
  .nullable()
  .catch(null);

const FIELDS = {
  validators: z.object({ etag: text, lastModified: text, bodyHash: text }).catch(NO_VALIDATORS),
  title: text,
  lastPollAt: number,
  lastSuccessAt: number,
  nextPollAt: number,
  nextWhy: said,
  notBefore: number,
  newestEntryAt: number,
  failures: count,
  lastError: said,
  movedTo: text,
  movedCount: count,
  address: text,
  gone: flag,
  changed: flag,
  format: text,
  rhythm: object,
  freshAt: number,
  ttlMinutes: number,
  skip: object,
  usual: object,
  held: count,
  heldWhy: said,
  reach: object,
  renamed: flag,
  datesOfMaking: flag,
  dated: text,
  page: object,
  clock: object,
  troubled: count,
  told: z.enum(['healthy', 'stale', 'failing', 'changed', 'gone']).catch('healthy'),
  toldCount: count,
};

type Kept = Omit<SourceState, 'id' | 'polls'>;
/** Of a source that was never polled. */
const NOTHING = z.object(FIELDS).parse({}) as Kept;
const STATE = outline<Kept>(FIELDS, { ...NOTHING });

const POLL = outline<PollRecord>({
  at: z.number(),
  outcome: z.enum(['modified', 'unmodified', 'gone', 'failed', 'pushed']).catch('failed'),
  status: number,
  bytes: number,
  elapsedMs: count,
  items: number,
  fresh: count,
  newestAt: number,
  format: text,
  charset: text,
  repairs: z.array(z.unknown()).catch([]),
  error: said,
});

/** State of a source that was never polled. */
export function emptyState(id: string): SourceState {
  return { ...NOTHING, id, polls: [] };
}

/** The state without its polls; `json` null: of a source never polled. */
export function readState(json: string | null, id: string, key: string): SourceState {
  return json === null ? emptyState(id) : { ...STATE.read(json, key), id, polls: [] };
}

export function readPoll(json: string, key: string): PollRecord {
  return POLL.read(json, key);
}
