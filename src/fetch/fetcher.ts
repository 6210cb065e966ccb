/** Fetches documents: the only way out to other servers, with limits, conditional requests and guarded redirects. */
import { setMaxListeners } from 'node:events';
import type { FetchResult, Redirect, Validators } from '../model/fetch.ts';
import type { TlsPolicy } from '../model/source.ts';
import { parseUrl } from '../text/url.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { type CookieJar, createCookieJar } from './cookies.ts';
import { type ConnectionMeans, exchangeAsWanted } from './connection.ts';
import type { Dispatcher } from './dispatcher.ts';
import { createDispatchers } from './dispatchers.ts';
import { type Life, limitsOf, type Reply, startExchange } from './exchange.ts';
import type { Fault } from './faults.ts';
import { createGate } from './gate.ts';
import { createGuard } from './addressguard.ts';
import {
  type Accept,
  type Headers,
  USER_AGENT,
  buildRequestHeaders,
  keepHarmless,
  readCustomHeaders,
} from './headers.ts';
import { bringsDocument, judgeReply } from './outcome.ts';
import { followRedirect, isRedirect, nameDowngrade } from './redirect.ts';
import { type Lookup, createNameResolver } from './nameresolver.ts';
import { createRouter, type Router } from './proxyroute.ts';
import type { ProxyRoute } from './tunnel.ts';
import { type Target, type TargetRules, readTarget, showAddress } from './target.ts';

export interface FetcherOptions {
  /** For one document, from the first connection to the last byte, redirects included. */
  readonly timeoutMs: number;
  /** Of a body, as it arrives and decoded, each. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Documents fetched at once; the others wait, and their timeout starts when their turn comes. */
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
  /** This machine's own addresses in place of those of its interfaces, which no connection goes to. */
  readonly ownAddresses?: (() => ReadonlySet<string>) | undefined;
  /** Resolves names in place of DNS and the system. */
  readonly lookup?: Lookup | undefined;
}

export interface FetchRequest {
  readonly url: string;
  readonly validators?: Validators | null | undefined;
  /** The operator's own, cookies included; only harmless ones go to another origin than that of `headersFor`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The address that the operator gave `headers` for, where `url` comes from a document or a redirect. */
  readonly headersFor?: string | undefined;
  /** Value of Referer; an operator's own header goes before it. */
  readonly referer?: string | undefined;
  /** `http://` or `https://` address of an HTTP proxy, with `user:password@` where it requires them. */
  readonly proxy?: string | null | undefined;
  readonly tls?: TlsPolicy | undefined;
  readonly accept?: Accept | undefined;
  /** Asked before each redirect is followed, with its address; may wait. A reason ends the request as failed. */
  readonly beforeHop?: ((address: string) => Promise<Reason | null>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Fetcher {
  /** Fetches one document. Whatever network or server do is a value; only a defect rejects. */
  fetchDocument(request: FetchRequest): Promise<FetchResult>;
  /** Ends what is under way as failed, and closes all connections. */
  close(): Promise<void>;
}

const ABORTED: Fault = { stage: 'timeout', reason: reason('fetch.timeout.aborted') };
const CLOSED: Fault = { stage: 'timeout', reason: reason('fetch.timeout.closed') };

/** What all requests of a fetcher share. */
interface Means extends ConnectionMeans {
  readonly timeoutMs: number;
  readonly maxRedirects: number;
  readonly routeTo: Router;
  /** What an address of the operator's may hold. */
  readonly ownRules: TargetRules;
}

/** Where a request has come to. */
interface Journey {
  readonly request: FetchRequest;
  readonly life: Life;
  readonly dispatcher: Dispatcher;
  readonly proxy: ProxyRoute | null;
  readonly startedMs: number;
  readonly redirects: Redirect[];
  readonly cookies: CookieJar;
  target: Target;
  /** Headers of the operator's that go with the next request. */
  custom: Headers;
  authorization: string | null;
}

/** Makes a fetcher. Throws a RangeError if `allowAddresses` holds something that is not a CIDR block. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const { timeoutMs } = options;
  const guard = createGuard(options.allowAddresses, options.ownAddresses);
  const limits = limitsOf(options);
  const names = createNameResolver();
  const lookup = options.lookup ?? names.lookup;
  const dispatchers = createDispatchers({ ...limits, guard, lookup });
  const gate = createGate(options.concurrency);
  const redirectRules: TargetRules = {
    guard,
    allowPorts: options.allowPorts ?? [],
    allowUserinfo: options.allowUserinfo ?? false,
  };
  const means: Means = {
    timeoutMs,
    maxRedirects: options.maxRedirects,
    limits,
    dispatchers,
    routeTo: createRouter(dispatchers),
    userAgent: options.userAgent ?? USER_AGENT,
    ownRules: { ...redirectRules, allowUserinfo: true },
    redirectRules,
    chains: new Map(),
  };
  const underWay = new Set<(fault: Fault) => void>();
  let closed = false;

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
        end({ stage: 'timeout', reason: reason('fetch.timeout.whole', { limit: timeoutMs }) });
      }, timeoutMs);
      try {
        return await run(means, request, life);
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

/** What one step of a request comes to: its end, or the next address. */
type Step =
  | { readonly result: FetchResult }
  | { readonly fault: Fault; readonly status?: number }
  | { readonly next: Target };

/** From the operator's address to the document or to what stands in its way. */
async function run(means: Means, request: FetchRequest, life: Life): Promise<FetchResult> {
  const startedMs = performance.now();
  const redirects: Redirect[] = [];
  const failed = (url: string, { stage, reason: why }: Fault, status: number | null = null): FetchResult => ({
    outcome: 'failed',
    url,
    stage,
    reason: nameDowngrade(why, redirects),
    status,
    retryAfterMs: null,
    redirects,
    elapsedMs: Math.round(performance.now() - startedMs),
  });
  const start = life.fault === null ? prepare(means, request) : { fault: life.fault };
  if ('fault' in start) return failed(showAddress(request.url), start.fault);
  const cookies = createCookieJar(Date.now);
  const journey: Journey = { ...start, request, life, startedMs, redirects, cookies };
  for (;;) {
    const { href } = journey.target.url;
    const step = await takeStep(means, journey);
    if ('result' in step) return step.result;
    if ('fault' in step) return failed(href, step.fault, step.status);
    journey.target = step.next;
  }
}

function prepare(
  { ownRules, redirectRules, routeTo }: Means,
  request: FetchRequest,
): Pick<Journey, 'target' | 'custom' | 'dispatcher' | 'proxy' | 'authorization'> | { readonly fault: Fault } {
  const { url, headersFor = url, referer } = request;
  const first = readTarget(url, url === headersFor ? ownRules : redirectRules);
  if (!first.ok) return { fault: { stage: 'address', reason: first.reason } };
  const own = readCustomHeaders(request.headers ?? {});
  if ('reason' in own) return { fault: { stage: 'headers', reason: own.reason } };
  const route = routeTo(request.proxy ?? null);
  if ('reason' in route) return { fault: { stage: 'address', reason: route.reason } };
  const { target } = first;
  const custom = parseUrl(headersFor)?.origin === target.url.origin ? own.headers : keepHarmless(own.headers);
  const sent = referer === undefined ? custom : { referer, ...custom };
  return { ...route, target, custom: sent, authorization: target.authorization };
}

/** Asks one address. */
async function takeStep(means: Means, journey: Journey): Promise<Step> {
  const { request, life, redirects, startedMs, target, cookies } = journey;
  const { url } = target;
  const elapsedMs = (): number => Math.round(performance.now() - startedMs);
  const validators = request.validators ?? null;
  const { authorization } = journey;
  const cookie = cookies.give(url, journey.custom['cookie'] ?? null);
  const custom = cookie === null ? journey.custom : { ...journey.custom, cookie };
  const headers = buildRequestHeaders({
    userAgent: means.userAgent,
    accept: request.accept ?? 'any',
    validators,
    custom,
    authorization,
  });
  const options = { origin: url.origin, path: url.pathname + url.search, method: 'GET', headers } as const;
  const ask = (by: Dispatcher) => {
    life.exchange = startExchange(by, options, url.host, means.limits, bringsDocument);
    return life.exchange.result;
  };
  const result = await exchangeAsWanted(means, { ...journey, url, tls: request.tls }, ask);
  if ('fault' in result) return { fault: result.fault };
  const { reply } = result;
  // What is left of an unwanted body is not waited for.
  if (!bringsDocument(reply.status)) life.exchange?.cancel(ABORTED);
  if (!isRedirect(reply.status)) {
    const facts = { url: url.href, redirects, elapsedMs: elapsedMs() };
    const judged = judgeReply(reply, validators, facts, Date.now());
    if (judged.outcome !== 'failed') return { result: judged };
    return { result: { ...judged, reason: nameDowngrade(judged.reason, redirects) } };
  }
  return follow(means, journey, reply);
}

/** Where a redirect leads, and what goes along there. */
async function follow(means: Means, journey: Journey, { status, headers }: Reply): Promise<Step> {
  const { request, life, redirects } = journey;
  const { url } = journey.target;
  const setCookie = headers['set-cookie'];
  if (setCookie !== undefined) journey.cookies.take(url, setCookie);
  const { redirectRules: rules, maxRedirects } = means;
  const wasAsked = (to: URL) => journey.cookies.wasAsked(to);
  const step = followRedirect(url, status, headers, redirects, { rules, maxRedirects, wasAsked });
  if ('fault' in step) return { fault: step.fault, status };
  redirects.push(step.redirect);
  const { target } = step;
  if (target.url.origin !== url.origin) {
    journey.authorization = null;
    journey.custom = keepHarmless(journey.custom);
  }
  journey.authorization = target.authorization ?? journey.authorization;
  if (life.fault !== null) return { fault: life.fault };
  const refused = (await request.beforeHop?.(target.url.href)) ?? null;
  if (refused !== null) return { fault: { stage: 'redirect', reason: refused }, status };
  return life.fault === null ? { next: target } : { fault: life.fault };
}
