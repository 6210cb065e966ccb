/** Sends something to another server, such as an alert or a question to a subscriber, as one guarded request. */
import { createDispatchers } from './dispatchers.ts';
import { type Exchange, type ExchangeLimits, startExchange } from './exchange.ts';
import type { Fault } from './faults.ts';
import { createGuard } from './addressguard.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { USER_AGENT } from './headers.ts';
import { createNameResolver, type Lookup } from './nameresolver.ts';
import { readTarget } from './target.ts';

export interface SenderOptions {
  /** For one message, all in all. */
  readonly timeoutMs: number;
  /** CIDR blocks that the address guard lets through. */
  readonly allowAddresses: readonly string[];
  readonly userAgent?: string | undefined;
  readonly allowPorts?: readonly number[] | undefined;
  /** This machine's own addresses in place of those of its interfaces, which no connection goes to. */
  readonly ownAddresses?: (() => ReadonlySet<string>) | undefined;
  /** Resolves names in place of DNS and the system. */
  readonly lookup?: Lookup | undefined;
}

interface Message {
  readonly url: string;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** Bytes of the answer that are wanted; none unless said. A longer answer makes the message fail. */
  readonly maxAnswerBytes?: number | undefined;
  /** Further headers, lower-case names. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Redirects that keep method and body (307, 308) followed at most; none without. */
  readonly maxRedirects?: number | undefined;
}

/** `status`: the HTTP status that was no 2xx; null where none came. */
interface SendFailure {
  readonly outcome: 'failed';
  readonly stage: Fault['stage'];
  readonly reason: Reason;
  readonly status: number | null;
}

type SendResult = { readonly outcome: 'accepted'; readonly status: number; readonly body: Uint8Array } | SendFailure;
type AskResult = { readonly outcome: 'answered'; readonly status: number; readonly body: Uint8Array } | SendFailure;

export interface Sender {
  /** Sends one message. Any 2xx accepts it; redirects are followed only as the message says. Network and server never make it reject. */
  sendMessage(message: Message): Promise<SendResult>;
  /** Asks by GET for an answer of `maxBytes` at most. Any 2xx answers; redirects are not followed. Never rejects either. */
  ask(url: string, maxBytes: number): Promise<AskResult>;
  close(): Promise<void>;
}

const MAX_HEADER_BYTES = 16_384;
const ABORTED: Fault = { stage: 'timeout', reason: reason('fetch.timeout.aborted') };

/** Makes a sender. Throws a RangeError if `allowAddresses` holds something that is not a CIDR block. */
export function createSender(options: SenderOptions): Sender {
  const { timeoutMs } = options;
  const limits: ExchangeLimits = {
    maxBytes: 0,
    connectTimeoutMs: timeoutMs,
    headersTimeoutMs: timeoutMs,
    bodyTimeoutMs: timeoutMs,
    maxHeaderBytes: MAX_HEADER_BYTES,
  };
  const guard = createGuard(options.allowAddresses, options.ownAddresses);
  const names = createNameResolver();
  const dispatchers = createDispatchers({ ...limits, guard, lookup: options.lookup ?? names.lookup });
  const rules = { guard, allowPorts: options.allowPorts ?? [], allowUserinfo: true };
  const redirectRules = { ...rules, allowUserinfo: false };
  const underWay = new Set<Exchange>();
  const failed = (fault: Fault, status: number | null = null): SendFailure => ({
    outcome: 'failed',
    ...fault,
    status,
  });

  async function run(
    address: string,
    method: 'GET' | 'POST',
    content: { readonly headers: Readonly<Record<string, string>>; readonly body: Message['body'] | null },
    maxBytes: number,
    maxRedirects = 0,
    redirected = false,
  ): Promise<AskResult> {
    const read = readTarget(address, redirected ? redirectRules : rules);
    if (!read.ok) return failed({ stage: 'address', reason: read.reason });
    const { url, authorization } = read.target;
    const headers: Record<string, string> = { 'user-agent': options.userAgent ?? USER_AGENT, ...content.headers };
    if (authorization !== null) headers['authorization'] = authorization;
    const { body } = content;
    const request = { origin: url.origin, path: url.pathname + url.search, method, headers, body };
    const wantsBody = (status: number) => maxBytes > 0 && isAccepted(status);
    const exchange = startExchange(dispatchers.direct, request, url.host, { ...limits, maxBytes }, wantsBody);
    underWay.add(exchange);
    const timer = setTimeout(() => {
      exchange.cancel({
        stage: 'timeout',
        reason: reason('fetch.timeout.host', { host: url.host, limit: timeoutMs }),
      });
    }, timeoutMs);
    const result = await exchange.result;
    clearTimeout(timer);
    underWay.delete(exchange);
    if ('fault' in result) return failed(result.fault);
    const { status, body: answer, headers: said } = result.reply;
    exchange.cancel(ABORTED);
    const to = said['location'];
    if ((status === 307 || status === 308) && maxRedirects > 0 && to !== undefined && URL.canParse(to, url)) {
      const next = new URL(to, url);
      // What was sent under TLS goes nowhere without.
      if (url.protocol === 'http:' || next.protocol === 'https:')
        return run(next.href, method, content, maxBytes, maxRedirects - 1, true);
    }
    if (isAccepted(status)) return { outcome: 'answered', status, body: answer };
    return failed({ stage: 'status', reason: reason('fetch.status.other', { host: url.host, status }) }, status);
  }

  return {
    async sendMessage({ url, contentType, body, headers = {}, maxAnswerBytes = 0, maxRedirects }) {
      const content = { headers: { ...headers, 'content-type': contentType }, body };
      const result = await run(url, 'POST', content, maxAnswerBytes, maxRedirects);
      return result.outcome === 'answered' ? { ...result, outcome: 'accepted' } : result;
    },
    ask: (url, maxBytes) => run(url, 'GET', { headers: {}, body: null }, maxBytes),
    async close() {
      for (const exchange of underWay) exchange.cancel(ABORTED);
      names.cancel();
      await dispatchers.destroy();
    },
  };
}

function isAccepted(status: number): boolean {
  return status >= 200 && status < 300;
}
