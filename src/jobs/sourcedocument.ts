/** Reads a document that came from a source, by the settings of that source. */
import { readDocument } from '../feed/readdocument.ts';
import type { Source } from '../model/source.ts';

/** What came of a source, however it came. */
export interface Came {
  readonly bytes: Uint8Array;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Address that links are read against. */
  readonly url: string;
}

export function readOfSource(source: Source, came: Came, now: number): ReturnType<typeof readDocument> {
  const { id, kind, encoding, timezone, select } = source;
  return readDocument({ ...came, source: id, kind, encoding, timezone, select, now });
}
