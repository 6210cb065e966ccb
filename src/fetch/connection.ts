/** Asks servers that cannot be asked as most can: those that speak HTTP/2 alone, or send half of their certificate chain. */
import type { TlsPolicy } from '../model/source.ts';
import { reason } from '../reasons/catalogue.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Dispatchers } from './dispatchers.ts';
import { type ExchangeLimits, type ExchangeResult, type Life, startExchange } from './exchange.ts';
import { describeFault, type Fault, lacksIssuer, refusesHttp1 } from './faults.ts';
import { type Download, findIssuers } from './issuers.ts';
import { bringsDocument } from './outcome.ts';
import { readTarget, type TargetRules } from './target.ts';
import type { ProxyRoute } from './tunnel.ts';

export interface ConnectionMeans {
  readonly limits: ExchangeLimits;
  readonly dispatchers: Dispatchers;
  readonly userAgent: string;
  /** What an address that a server or a certificate names may hold. */
  readonly redirectRules: TargetRules;
  /** Origin → what its server's certificate chain lacks (PEM). */
  readonly chains: Map<string, readonly string[]>;
}

/** Who is asked, and by which way. */
export interface Server {
  readonly url: URL;
  readonly tls: TlsPolicy | undefined;
  readonly dispatcher: Dispatcher;
  readonly proxy: ProxyRoute | null;
  readonly life: Life;
}

/** Origins whose chains are remembered: hardly one site in a thousand sends half of its own. */
const MOST_CHAINS = 200;
/** An intermediate certificate has two thousand. */
const MOST_CERTIFICATE_BYTES = 65_536;
const ENOUGH: Fault = { stage: 'timeout', reason: reason('fetch.timeout.aborted') };

type Ask = (by: Dispatcher) => Promise<ExchangeResult>;

/** Asks a server as it can be asked: in HTTP/2, or with what its certificate chain lacks. */
export async function exchangeAsWanted(means: ConnectionMeans, server: Server, ask: Ask): Promise<ExchangeResult> {
  const { url, tls, proxy, dispatcher, life } = server;
  const { dispatchers, chains } = means;
  const { origin } = url;
  const once = async (by: Dispatcher) => {
    const result = await ask(by);
    await by.destroy();
    return result;
  };
  const isCompleting = tls === 'accept-incomplete-chain';
  const known = isCompleting ? chains.get(origin) : undefined;
  if (known !== undefined) {
    const result = await once(dispatchers.completing(known, proxy));
    if (!('fault' in result) || result.fault.stage !== 'tls' || life.fault !== null) return result;
    // What completed the chain has expired, or the server has another certificate.
    chains.delete(origin);
  }
  const result = await ask(dispatcher);
  if (!('fault' in result) || life.fault !== null) return result;
  if (refusesHttp1(result.fault) && proxy === null) return once(dispatchers.http2());
  if (!isCompleting || !lacksIssuer(result.fault)) return result;
  const found = await completeChain(means, server);
  if ('fault' in found) return { fault: life.fault ?? found.fault };
  const completed = await once(dispatchers.completing(found.issuers, proxy));
  if (!('fault' in completed) && chains.size < MOST_CHAINS) chains.set(origin, found.issuers);
  return completed;
}

/** What the chain of a server lacks, fetched from where its certificates say, under the same guard. */
async function completeChain(
  { dispatchers, redirectRules, limits, userAgent }: ConnectionMeans,
  { life, url, proxy }: Server,
): Promise<{ readonly issuers: readonly string[] } | { readonly fault: Fault }> {
  const { host } = url;
  const download: Download = async (address) => {
    if (life.fault !== null) return life.fault;
    const read = readTarget(address, redirectRules);
    if (!read.ok) return read;
    const { origin, pathname, search, host } = read.target.url;
    const options = { origin, path: pathname + search, method: 'GET', headers: { 'user-agent': userAgent } } as const;
    const bounds = { ...limits, maxBytes: MOST_CERTIFICATE_BYTES };
    life.exchange = startExchange(dispatchers.direct, options, host, bounds, bringsDocument);
    const result = await life.exchange.result;
    if ('fault' in result) return result.fault;
    const { status, body } = result.reply;
    life.exchange.cancel(ENOUGH);
    return bringsDocument(status) ? { body } : { reason: reason('fetch.status.other', { host, status }) };
  };
  try {
    const leaf = await dispatchers.peek(url, proxy);
    const found = leaf === null ? null : await findIssuers(leaf, download);
    if (found !== null && 'issuers' in found) return found;
    const why = found?.reason ?? reason('fetch.tls.names-no-issuer');
    return { fault: { stage: 'tls', reason: reason('fetch.tls.not-completed', { host, why }) } };
  } catch (error) {
    return { fault: describeFault(error, { ...limits, host, phase: 'connecting' }) };
  }
}
