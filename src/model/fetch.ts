/** What one request brought. Times are epoch milliseconds. */
import type { Reason } from './reason.ts';

/** What a server said of a document's version, kept to ask again conditionally (RFC 9110 §13). */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** SHA-256 of the decoded body, hex; null before the first body. */
  readonly bodyHash: string | null;
}

/** Of a document of which nothing is known. */
export const NO_VALIDATORS: Validators = { etag: null, lastModified: null, bodyHash: null };

export interface Redirect {
  readonly status: number;
  readonly from: string;
  readonly to: string;
}

/** Where a request failed: `address` is the guard's refusal, `status` an HTTP status that brings no document. */
export type FetchStage =
  | 'address'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'headers'
  | 'redirect'
  | 'status'
  | 'body'
  | 'limit'
  | 'timeout';

interface FetchFacts {
  /** Final address after redirects. */
  readonly url: string;
  readonly status: number;
  readonly redirects: readonly Redirect[];
  readonly elapsedMs: number;
}

/** What one request brought. Expected outcomes are values; only a defect throws. */
export type FetchResult =
  | (FetchFacts & {
      readonly outcome: 'modified';
      readonly body: Uint8Array;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      readonly validators: Validators;
    })
  | (FetchFacts & {
      readonly outcome: 'unmodified';
      /** 304, or 200 with the body of last time. Validators refreshed. */
      readonly validators: Validators;
      readonly headers: Readonly<Record<string, string>>;
    })
  | (FetchFacts & { readonly outcome: 'gone' })
  | {
      readonly outcome: 'failed';
      readonly url: string;
      readonly stage: FetchStage;
      readonly reason: Reason;
      readonly status: number | null;
      /** From Retry-After on 429 and 503 (RFC 9110 §10.2.3). */
      readonly retryAfterMs: number | null;
      readonly redirects: readonly Redirect[];
      readonly elapsedMs: number;
    };
