/** Chooses the dispatcher that a request goes through, straight or by the proxy configured for it. */
import type { Dispatcher } from 'undici';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import type { Dispatchers, ProxyRoute } from './dispatchers.ts';
import { readUserinfo, shorten } from './target.ts';

interface Prepared {
  readonly dispatcher: Dispatcher;
  readonly options: Dispatcher.DispatchOptions;
}

export interface Route {
  /** Names are resolved by a proxy, where no connector checks what they lead to. */
  readonly byProxy: boolean;
  prepare(url: URL, headers: Record<string, string>): Prepared;
}

/** A route for each request: the proxy it goes through, or why there is none. */
export type Router = (proxy: string | null) => Route | { readonly reason: Reason };

function readProxy(address: string): ProxyRoute | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  return { origin: url.origin, authorization: readUserinfo(url) };
}

const get = (origin: string, path: string, headers: Record<string, string>): Dispatcher.DispatchOptions => ({
  origin,
  path,
  method: 'GET',
  headers,
});

/** Makes a router over `dispatchers`. */
export function createRouter(dispatchers: Dispatchers): Router {
  const straight: Route = {
    byProxy: false,
    prepare: (url, headers) => ({
      dispatcher: dispatchers.direct,
      options: get(url.origin, url.pathname + url.search, headers),
    }),
  };
  return (address) => {
    if (address === null || address === '') return straight;
    const proxy = readProxy(address);
    if (proxy === null) return { reason: reason('fetch.address.proxy', { text: shorten(hideUserinfo(address)) }) };
    return {
      byProxy: true,
      prepare(url, headers) {
        if (url.protocol === 'https:') {
          const options = get(url.origin, url.pathname + url.search, headers);
          return { dispatcher: dispatchers.tunnel(proxy), options };
        }
        // Absolute form (RFC 9112 §3.2.2): many proxies allow CONNECT to port 443 only.
        const forwarded: Record<string, string> = { host: url.host, ...headers };
        if (proxy.authorization !== null) forwarded['proxy-authorization'] = proxy.authorization;
        return { dispatcher: dispatchers.forward(proxy), options: get(proxy.origin, url.href, forwarded) };
      },
    };
  };
}

function hideUserinfo(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//');
}
