/** Chooses the dispatcher that a request goes through, straight or by the proxy configured for it. */
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Dispatchers } from './dispatchers.ts';
import { readUserinfo, shorten } from './target.ts';
import type { ProxyRoute } from './tunnel.ts';

/** `proxy` null: a straight connection. */
interface Route {
  readonly dispatcher: Dispatcher;
  readonly proxy: ProxyRoute | null;
}

/** A dispatcher for each request, by its proxy, or why there is none. */
export type Router = (proxy: string | null) => Route | { readonly reason: Reason };

function readProxy(address: string): ProxyRoute | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  return { origin: url.origin, authorization: readUserinfo(url) };
}

/** Makes a router over `dispatchers`. */
export function createRouter(dispatchers: Dispatchers): Router {
  return (address) => {
    if (address === null || address === '') return { dispatcher: dispatchers.direct, proxy: null };
    const proxy = readProxy(address);
    if (proxy === null) return { reason: reason('fetch.address.proxy', { text: shorten(hideUserinfo(address)) }) };
    return { dispatcher: dispatchers.through(proxy), proxy };
  };
}

function hideUserinfo(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//');
}
