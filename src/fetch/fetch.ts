/** Turns an address and what is known of its document into a fetch result; the only way out to other servers. */
import { setMaxListeners } from 'node:events';
import type { FetchResult, Redirect, Validators } from '../model/fetch.ts';
import { refuseName } from './connector.ts';
import { createDispatchers } from './dispatchers.ts';
import { type Exchange, type ExchangeLimits, startExchange } from './exchange.ts';
import type { Fault } from './faults.ts';
import { createGate } from './gate.ts';
import { parseBlocks } from './guard.ts';
import { type Accept, USER_AGENT, buildRequestHeaders, keepHarmless, readCustomHeaders } from './headers.ts';
import { bringsDocument, judgeReply } from './outcome.ts';
import { followRedirect, isRedirect, nameDowngrade } from './redirect.ts';
import { type Lookup, createNameResolver } from './resolve.ts';
import { createRouter } from './route.ts';
import { type TargetRules, readTarget, shorten } from './target.ts';

export interface FetcherOptions {
  /** For one document, from the first connection to the last byte, redirects included. */
  readonly timeoutMs: number;
  /** Of a body, as it arrives and decoded, each. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Documents fetched at once; the others wait, and their time has not begun. */
  readonly concurrency: number;
  /** CIDR blocks that the address guard lets through. */
  readonly allowAddresses: readonly string[];
  readonly userAgent?: string | undefined;
  /** For one connection: name, TCP and TLS. */
  readonly connectTimeoutMs?: number | undefined;
  /** From the request sent to the headers complete. */
  readonly headersTimeoutMs?: number | undefined;
  /** Between two pieces of a body. */
  readonly bodyTimeoutMs?: number | undefined;
  /** Whether redirects may carry `user:password@`. A source's own address always may. */
  readonly allowUserinfo?: boolean | undefined;
  /** Ports fetched from although other protocols own them. */
  readonly allowPorts?: readonly number[] | undefined;
  /** Resolves names in place of DNS and the system. */
  readonly lookup?: Lookup | undefined;
}

export interface FetchRequest {
  readonly url: string;
  readonly validators?: Validators | null | undefined;
  /** The operator's own, cookies included; they do not follow a redirect to another origin. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** `http://` or `https://` address of an HTTP proxy, with `user:password@` where it wants them. */
  readonly proxy?: string | null | undefined;
  readonly accept?: Accept | undefined;
  /** Asked before each redirect is followed, with its address; may wait. A sentence ends the request as failed. */
  readonly beforeHop?: ((address: string) => Promise<string | null>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Fetcher {
  /** Fetches one document. Whatever network or server do is a value; only a defect rejects. */
  fetchDocument(request: FetchRequest): Promise<FetchResult>;
  /** Ends what is under way as failed, and closes all connections. */
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 8000;
const HEADERS_TIMEOUT_MS = 15_000;
const BODY_TIMEOUT_MS = 10_000;
// Node's own default; real servers stay far below.
const MAX_HEADER_BYTES = 16_384;

const ABORTED: Fault = { stage: 'timeout', message: 'aborted' };
const CLOSED: Fault = { stage: 'timeout', message: 'aborted, because the fetcher is closed' };

/** A source's address as it may be shown: without what stands for a password. */
function showAddress(address: string): string {
  try {
    const url = new URL(address);
    url.username = '';
    url.password = '';
    return url.href;
  } catch {
    return shorten(address);
  }
}

/** Makes a fetcher. Throws a RangeError if `allowAddresses` holds something that is not a CIDR block. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const { timeoutMs, maxRedirects } = options;
  const blocks = parseBlocks(options.allowAddresses);
  // A part of the whole takes no longer than the whole.
  const within = (ms: number): number => Math.max(1, Math.min(ms, timeoutMs));
  const limits: ExchangeLimits = {
    maxBytes: options.maxBytes,
    connectTimeoutMs: within(options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS),
    headersTimeoutMs: within(options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS),
    bodyTimeoutMs: within(options.bodyTimeoutMs ?? BODY_TIMEOUT_MS),
    maxHeaderBytes: MAX_HEADER_BYTES,
  };
  const names = createNameResolver();
  const lookup = options.lookup ?? names.lookup;
  const dispatchers = createDispatchers({ ...limits, blocks, lookup });
  const routeTo = createRouter(dispatchers);
  const gate = createGate(options.concurrency);
  const userAgent = options.userAgent ?? USER_AGENT;
  const redirectRules: TargetRules = {
    blocks,
    allowPorts: options.allowPorts ?? [],
    allowUserinfo: options.allowUserinfo ?? false,
  };
  const ownRules: TargetRules = { ...redirectRules, allowUserinfo: true };
  const underWay = new Set<(fault: Fault) => void>();
  let closed = false;

  async function run(request: FetchRequest, startedMs: number, life: Life): Promise<FetchResult> {
    const redirects: Redirect[] = [];
    let shown = showAddress(request.url);
    const elapsed = (): number => Math.round(performance.now() - startedMs);
    const failed = ({ stage, message }: Fault, status: number | null = null): FetchResult => ({
      outcome: 'failed',
      url: shown,
      stage,
      message: message + nameDowngrade(redirects),
      status,
      retryAfterMs: null,
      redirects,
      elapsedMs: elapsed(),
    });

    if (life.fault !== null) return failed(life.fault);
    const first = readTarget(request.url, ownRules);
    if (!first.ok) return failed({ stage: 'address', message: first.message });
    const own = readCustomHeaders(request.headers ?? {});
    if ('message' in own) return failed({ stage: 'headers', message: own.message });
    const route = routeTo(request.proxy ?? null);
    if ('message' in route) return failed({ stage: 'address', message: route.message });

    const validators = request.validators ?? null;
    let { target } = first;
    let { authorization } = target;
    let custom = own.headers;
    for (;;) {
      const { url } = target;
      shown = url.href;
      // Of a direct connection the connector checks the address that it goes to.
      if (route.byProxy) {
        const leftMs = Math.min(limits.connectTimeoutMs, timeoutMs - elapsed());
        const refused = await refuseName(url.hostname, lookup, blocks, leftMs);
        if (refused !== null) return failed({ stage: 'address', message: refused.message });
        if (life.fault !== null) return failed(life.fault);
      }
      const { dispatcher, options: sent } = route.prepare(
        url,
        buildRequestHeaders({ userAgent, accept: request.accept ?? 'any', validators, custom, authorization }),
      );
      const exchange = startExchange(dispatcher, sent, url.host, limits, bringsDocument);
      life.exchange = exchange;
      const result = await exchange.result;
      if ('fault' in result) return failed(result.fault);
      const { reply } = result;
      // What is left of an unwanted body is not waited for.
      if (!bringsDocument(reply.status)) exchange.cancel(ABORTED);
      if (!isRedirect(reply.status)) {
        const judged = judgeReply(reply, validators, { url: shown, redirects, elapsedMs: elapsed() }, Date.now());
        return judged.outcome === 'failed' ? { ...judged, message: judged.message + nameDowngrade(redirects) } : judged;
      }
      const step = followRedirect(url, reply.status, reply.headers, redirects, redirectRules, maxRedirects);
      if ('fault' in step) return failed(step.fault, reply.status);
      redirects.push(step.redirect);
      target = step.target;
      if (target.url.origin !== url.origin) {
        authorization = null;
        custom = keepHarmless(custom);
      }
      authorization = target.authorization ?? authorization;
      if (life.fault !== null) return failed(life.fault);
      const wait = (await request.beforeHop?.(target.url.href)) ?? null;
      if (wait !== null) return failed({ stage: 'redirect', message: wait }, reply.status);
      if (life.fault !== null) return failed(life.fault);
    }
  }

  return {
    async fetchDocument(request) {
      const life: Life = { fault: null, exchange: null };
      const end = (fault: Fault): void => {
        life.fault ??= fault;
        life.exchange?.cancel(fault);
      };
      const abort = (): void => end(ABORTED);
      if (closed) end(CLOSED);
      else if (request.signal?.aborted === true) abort();
      else if (request.signal !== undefined) {
        // One signal stops a whole worker; Node takes more than ten listeners for a leak.
        setMaxListeners(0, request.signal);
        request.signal.addEventListener('abort', abort, { once: true });
      }
      underWay.add(end);
      await gate.enter();
      const timer = setTimeout(() => {
        end({ stage: 'timeout', message: `not complete within ${timeoutMs} ms` });
      }, timeoutMs);
      try {
        return await run(request, performance.now(), life);
      } finally {
        clearTimeout(timer);
        gate.leave();
        underWay.delete(end);
        request.signal?.removeEventListener('abort', abort);
      }
    },
    async close() {
      closed = true;
      for (const end of underWay) end(CLOSED);
      names.cancel();
      await dispatchers.destroy();
    },
  };
}

/** One request while it lasts: what ended it, and the exchange to end with it. */
interface Life {
  fault: Fault | null;
  exchange: Exchange | null;
}
