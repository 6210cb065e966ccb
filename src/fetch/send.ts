/** Turns a message for another server, such as an alert for a webhook, into one guarded POST and what became of it. */
import { createDispatchers } from './dispatchers.ts';
import { type Exchange, type ExchangeLimits, startExchange } from './exchange.ts';
import { type Fault, nameStatus } from './faults.ts';
import { parseBlocks } from './guard.ts';
import { USER_AGENT } from './headers.ts';
import { createNameResolver, type Lookup } from './resolve.ts';
import { readTarget } from './target.ts';

export interface SenderOptions {
  /** For one message, all in all. */
  readonly timeoutMs: number;
  /** CIDR blocks that the address guard lets through. */
  readonly allowAddresses: readonly string[];
  readonly userAgent?: string | undefined;
  readonly allowPorts?: readonly number[] | undefined;
  /** Resolves names in place of DNS and the system. */
  readonly lookup?: Lookup | undefined;
}

export interface Message {
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
}

export type SendResult =
  | { readonly outcome: 'accepted'; readonly status: number }
  | { readonly outcome: 'failed'; readonly stage: Fault['stage']; readonly message: string };

export interface Sender {
  /** Sends one message. Any 2xx accepts it; redirects are not followed. Network and server never make it reject. */
  sendMessage(message: Message): Promise<SendResult>;
  close(): Promise<void>;
}

const MAX_HEADER_BYTES = 16_384;

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
  const blocks = parseBlocks(options.allowAddresses);
  const names = createNameResolver();
  const dispatchers = createDispatchers({ ...limits, blocks, lookup: options.lookup ?? names.lookup });
  const rules = { blocks, allowPorts: options.allowPorts ?? [], allowUserinfo: true };
  const underWay = new Set<Exchange>();
  const failed = ({ stage, message }: Fault): SendResult => ({ outcome: 'failed', stage, message });

  return {
    async sendMessage({ url: address, contentType, body }) {
      const read = readTarget(address, rules);
      if (!read.ok) return failed({ stage: 'address', message: read.message });
      const { url, authorization } = read.target;
      const headers: Record<string, string> = {
        'user-agent': options.userAgent ?? USER_AGENT,
        'content-type': contentType,
      };
      if (authorization !== null) headers['authorization'] = authorization;
      const request = { origin: url.origin, path: url.pathname + url.search, method: 'POST', headers, body } as const;
      const exchange = startExchange(dispatchers.direct, request, url.host, limits, () => false);
      underWay.add(exchange);
      const timer = setTimeout(() => {
        exchange.cancel({ stage: 'timeout', message: `${url.host} took longer than ${timeoutMs} ms` });
      }, timeoutMs);
      const result = await exchange.result;
      clearTimeout(timer);
      underWay.delete(exchange);
      if ('fault' in result) return failed(result.fault);
      const { status } = result.reply;
      exchange.cancel({ stage: 'status', message: 'answered' });
      if (status >= 200 && status < 300) return { outcome: 'accepted', status };
      return failed({ stage: 'status', message: `${url.host} answered ${nameStatus(status)}` });
    },
    async close() {
      for (const exchange of underWay) exchange.cancel({ stage: 'timeout', message: 'aborted' });
      names.cancel();
      await dispatchers.destroy();
    },
  };
}
