/** Turns fixture names and texts into what `readDocument` makes of them, at a fixed time. */
import { say } from '../../src/reasons/render.ts';
import { readFileSync } from 'node:fs';
import { readDocument } from '../../src/feed/readdocument.ts';
import type { ReadInput } from '../../src/feed/readdocument.ts';
import type { FeedDocument, ReadResult } from '../../src/model/feed.ts';

/** Monday, 12:00 in Shanghai. */
export const NOW = Date.parse('2024-05-06T12:00:00+08:00');
export const FIXTURES = new URL('../fixtures/feed/', import.meta.url);

export const fixture = (name: string): Uint8Array => readFileSync(new URL(name, FIXTURES));

export async function read(bytes: Uint8Array | string, more: Partial<ReadInput> = {}): Promise<ReadResult> {
  return readDocument({
    bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
    headers: {},
    url: 'https://feed.example.cn/dir/feed.xml',
    source: 'example',
    kind: 'feed',
    timezone: 'Asia/Shanghai',
    now: NOW,
    ...more,
  });
}

export async function readOk(bytes: Uint8Array | string, more: Partial<ReadInput> = {}): Promise<FeedDocument> {
  const result = await read(bytes, more);
  if (!result.ok) throw new Error(`${result.stage}: ${say(result.reason, 'en')}`);
  return result.document;
}

export async function refusal(bytes: Uint8Array | string, more: Partial<ReadInput> = {}): Promise<string> {
  const result = await read(bytes, more);
  return result.ok ? 'read' : `${result.stage}: ${say(result.reason, 'en')}`;
}
