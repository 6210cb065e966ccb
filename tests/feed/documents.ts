/** Turns fixture names and texts into what `readDocument` makes of them, at a fixed time. */
import { say } from '../../src/reasons/render.ts';
import { readFileSync } from 'node:fs';
import { readDocument } from '../../src/feed/readdocument.ts';
import type { ReceivedDocument } from '../../src/feed/readdocument.ts';
import { plainSource } from '../../src/config/plainsource.ts';
import type { FeedDocument, ReadResult } from '../../src/model/feed.ts';
import type { DocumentSettings } from '../../src/model/source.ts';

/** Monday, 12:00 in Shanghai. */
export const NOW = Date.parse('2024-05-06T12:00:00+08:00');
export const FIXTURES = new URL('../fixtures/feed/', import.meta.url);

export const fixture = (name: string): Uint8Array => readFileSync(new URL(name, FIXTURES));

/** Settings of the source, and what came with the bytes. */
type More = Partial<DocumentSettings & ReceivedDocument> & { readonly now?: number };

const PLAIN = { ...plainSource('example', 'https://feed.example.cn/dir/feed.xml'), kind: 'feed' } as const;

export async function read(
  bytes: Uint8Array | string,
  { headers = {}, url = PLAIN.url, now = NOW, ...settings }: More = {},
): Promise<ReadResult> {
  const body = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return readDocument({ ...PLAIN, ...settings }, { bytes: body, headers, url }, now);
}

export async function readOk(bytes: Uint8Array | string, more: More = {}): Promise<FeedDocument> {
  const result = await read(bytes, more);
  if (!result.ok) throw new Error(`${result.stage}: ${say(result.reason, 'en')}`);
  return result.document;
}

export async function refusal(bytes: Uint8Array | string, more: More = {}): Promise<string> {
  const result = await read(bytes, more);
  return result.ok ? 'read' : `${result.stage}: ${say(result.reason, 'en')}`;
}
