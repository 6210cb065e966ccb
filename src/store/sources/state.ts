/** The stored state of a source and its polls: what an older version did not write is as of a source never polled. */
import { NO_VALIDATORS } from '../../model/fetch.ts';
import type { AlertState, PollRecord, SourceState } from '../../model/source.ts';
import { isRecord, type Field, mended } from '../redis/storedjson.ts';

const isText = (value: unknown) => value === null || typeof value === 'string';
const isNumber = (value: unknown) => value === null || typeof value === 'number';

// What is missing or of another kind is unknown: one odd field of one source stops neither it nor the others.
const text = { fits: isText, otherwise: null };
const number = { fits: isNumber, otherwise: null };
const count = { fits: (value: unknown) => typeof value === 'number', otherwise: 0 };
const flag = { fits: (value: unknown) => typeof value === 'boolean', otherwise: false };
const object = { fits: (value: unknown) => value === null || isRecord(value), otherwise: null };
/** A sentence as it was once written, or a reason. */
const said = {
  fits: (value: unknown) => isText(value) || (isRecord(value) && typeof value['code'] === 'string'),
  otherwise: null,
};
const validators = {
  fits: (value: unknown) =>
    isRecord(value) && isText(value['etag']) && isText(value['lastModified']) && isText(value['bodyHash']),
  otherwise: NO_VALIDATORS,
};
const oneOf = (words: readonly string[], otherwise: string) => ({
  fits: (value: unknown) => words.some((word) => word === value),
  otherwise,
});

type Kept = Omit<SourceState, 'id' | 'polls'>;

const FIELDS: Readonly<Record<keyof Kept, Field>> = {
  validators,
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
  told: oneOf(['healthy', 'stale', 'failing', 'changed', 'gone'] satisfies AlertState[], 'healthy'),
  toldCount: count,
};

const STATE = mended<Kept>(FIELDS);
const NOTHING = Object.fromEntries(
  Object.entries(FIELDS).map(([name, { otherwise }]) => [name, otherwise]),
) as unknown as Kept;

const POLL = mended<PollRecord>({
  at: { ...count, otherwise: undefined },
  outcome: oneOf(['modified', 'unmodified', 'gone', 'failed', 'pushed'] satisfies PollRecord['outcome'][], 'failed'),
  status: number,
  bytes: number,
  elapsedMs: count,
  items: number,
  fresh: count,
  newestAt: number,
  format: text,
  charset: text,
  repairs: { fits: Array.isArray, otherwise: [] },
  error: said,
});

/** State of a source that was never polled. */
export function emptyState(id: string): SourceState {
  return { ...NOTHING, id, polls: [] };
}

/** The state without its polls; `json` null: of a source never polled. */
export function readState(json: string | null, id: string, key: string): SourceState {
  return json === null ? emptyState(id) : Object.assign(STATE.read(json, key), { id, polls: [] });
}

export function readPoll(json: string, key: string): PollRecord {
  return POLL.read(json, key);
}
