/** Exchanges one request for one reply or the fault that ended it: no redirects, no judgement of the status. */
import { reason } from '../reasons/catalogue.ts';
import { type BodyReader, readBody, readCodings } from './decompress.ts';
import type { DispatchController, Dispatcher, DispatchOptions } from './dispatcher.ts';
import { type Fault, type FaultContext, type Phase, describeFault } from './faults.ts';
import { type Headers, readResponseHeaders } from './headers.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Decoded; empty unless the status is one whose body was wanted. */
  readonly body: Uint8Array;
}

export type ExchangeResult = { readonly reply: Reply } | { readonly fault: Fault };

export interface Exchange {
  readonly result: Promise<ExchangeResult>;
  /** Ends the exchange: the result, if still open, is `fault`, and the connection closes unless the reply was complete. */
  cancel(fault: Fault): void;
}

/** One request while it lasts: what ended it, and the exchange to end with it. */
export interface Life {
  fault: Fault | null;
  exchange: Exchange | null;
}

export interface ExchangeLimits extends Omit<FaultContext, 'phase' | 'host'> {
  readonly maxBytes: number;
}

/** Limits as they are wanted: of one exchange, as far as said, and of the whole. */
interface WantedLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly connectTimeoutMs?: number | undefined;
  readonly headersTimeoutMs?: number | undefined;
  readonly bodyTimeoutMs?: number | undefined;
}

const CONNECT_TIMEOUT_MS = 8000;
const HEADERS_TIMEOUT_MS = 15_000;
const BODY_TIMEOUT_MS = 10_000;
// Node's own default; real servers stay far below.
const MAX_HEADER_BYTES = 16_384;

export function limitsOf(wanted: WantedLimits): ExchangeLimits {
  // A part of the whole takes no longer than the whole.
  const within = (ms: number): number => Math.max(1, Math.min(ms, wanted.timeoutMs));
  return {
    maxBytes: wanted.maxBytes,
    connectTimeoutMs: within(wanted.connectTimeoutMs ?? CONNECT_TIMEOUT_MS),
    headersTimeoutMs: within(wanted.headersTimeoutMs ?? HEADERS_TIMEOUT_MS),
    bodyTimeoutMs: within(wanted.bodyTimeoutMs ?? BODY_TIMEOUT_MS),
    maxHeaderBytes: MAX_HEADER_BYTES,
  };
}

const NOTHING = new Uint8Array(0);

/** Starts one exchange. `wantsBody` says for which status the body is read; it is left unread for the others. */
export function startExchange(
  dispatcher: Dispatcher,
  request: DispatchOptions,
  host: string,
  limits: ExchangeLimits,
  wantsBody: (status: number) => boolean,
): Exchange {
  let settle: (result: ExchangeResult) => void = () => {};
  const result = new Promise<ExchangeResult>((resolve) => {
    settle = resolve;
  });
  let controller: DispatchController | null = null;
  let reader: BodyReader | null = null;
  let phase: Phase = 'connecting';
  let ended = false;
  let settled = false;

  const close = (): void => {
    reader?.discard();
    if (ended) return;
    ended = true;
    // Before a connection is made there is no controller yet; `onRequestStart` ends the request then.
    controller?.abort(new Error('no longer wanted'));
  };
  const finish = (value: ExchangeResult): void => {
    if (settled) return;
    settled = true;
    settle(value);
  };
  const fail = (fault: Fault): void => {
    finish({ fault });
    close();
  };

  dispatcher.dispatch(request, {
    onRequestStart(started) {
      controller = started;
      phase = 'waiting';
      if (ended) started.abort(new Error('no longer wanted'));
    },
    onRequestUpgrade(_controller, _status, _headers, socket) {
      socket.destroy();
      fail({ stage: 'headers', reason: reason('fetch.headers.upgrade', { host }) });
    },
    onResponseStart(started, status) {
      // 1xx announce the answer and are not it (RFC 9110 §15.2).
      if (ended || status < 200) return;
      phase = 'reading';
      const raw = started.rawHeaders;
      const headers = readResponseHeaders(Array.isArray(raw) ? raw : []);
      if (!wantsBody(status)) return finish({ reply: { status, headers, body: NOTHING } });
      const size = Number(headers['content-length']);
      if (size > limits.maxBytes) {
        fail({ stage: 'limit', reason: reason('fetch.limit.announced', { host, size, limit: limits.maxBytes }) });
        return;
      }
      reader = readBody(host, readCodings(headers['content-encoding']), limits.maxBytes, (body) => {
        if (body instanceof Uint8Array) finish({ reply: { status, headers, body } });
        else fail(body);
      });
    },
    onResponseData(_controller, chunk) {
      if (!ended) reader?.push(chunk);
    },
    onResponseEnd() {
      ended = true;
      reader?.finish();
    },
    onResponseError(_controller, error) {
      if (ended) return;
      ended = true;
      reader?.discard();
      finish({ fault: describeFault(error, { ...limits, host, phase }) });
    },
  });

  return { result, cancel: fail };
}
