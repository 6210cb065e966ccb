/** Judges the last reply of a request: what it means for the source. */
import { createHash } from 'node:crypto';
import type { FetchResult, Redirect, Validators } from '../model/fetch.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import type { Reply } from './exchange.ts';
import { parseHttpDate } from '../text/time.ts';
import { parseRetryAfter } from './retry.ts';

/** What every result tells of its request. */
export interface Facts {
  /** Final address. */
  readonly url: string;
  readonly redirects: readonly Redirect[];
  readonly elapsedMs: number;
}

/** The statuses that bring a document (RFC 9110 §15.3.1, §15.3.4: 203 is a 200 that passed a transforming proxy). */
export const bringsDocument = (status: number): boolean => status === 200 || status === 203;

function refreshed(headers: Reply['headers'], bodyHash: string | null, before: Validators | null): Validators {
  return {
    etag: headers['etag'] ?? before?.etag ?? null,
    lastModified: headers['last-modified'] ?? before?.lastModified ?? null,
    bodyHash,
  };
}

function explain(host: string, status: number, wait: number | null): Reason {
  if (wait !== null) return reason('fetch.status.wait', { host, status, wait });
  if (status === 206) return reason('fetch.status.part', { host, status });
  if (status === 304) return reason('fetch.status.unasked', { host, status });
  if (status >= 200 && status < 300) return reason('fetch.status.no-document', { host, status });
  return reason('fetch.status.other', { host, status });
}

/** Judges `reply` to a request that named `validators`. `nowMs` is read against for Retry-After without a Date. */
export function judgeReply(reply: Reply, validators: Validators | null, facts: Facts, nowMs: number): FetchResult {
  const { status, headers } = reply;
  if (bringsDocument(status)) {
    const bodyHash = createHash('sha256').update(reply.body).digest('hex');
    // No validators of last time: a server that stopped sending an ETag no longer compares it.
    const next = refreshed(headers, bodyHash, null);
    return bodyHash === validators?.bodyHash
      ? { ...facts, status, outcome: 'unmodified', validators: next, headers }
      : { ...facts, status, outcome: 'modified', body: reply.body, headers, validators: next };
  }
  const asked = validators !== null && Boolean(validators.etag ?? validators.lastModified);
  if (status === 304 && asked) {
    const next = refreshed(headers, validators.bodyHash, validators);
    return { ...facts, status, outcome: 'unmodified', validators: next, headers };
  }
  if (status === 410) return { ...facts, status, outcome: 'gone' };
  const retryAfterMs = readRetryAfter(reply, nowMs);
  const host = new URL(facts.url).host;
  return {
    ...facts,
    outcome: 'failed',
    stage: 'status',
    reason: explain(host, status, retryAfterMs),
    status,
    retryAfterMs,
  };
}

function readRetryAfter({ status, headers }: Reply, nowMs: number): number | null {
  const value = headers['retry-after'];
  if (value === undefined || (status !== 429 && status !== 503 && status !== 403)) return null;
  const date = headers['date'];
  return parseRetryAfter(value, (date === undefined ? null : parseHttpDate(date, nowMs)) ?? nowMs);
}
