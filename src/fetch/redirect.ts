/** Follows a redirecting response to the next target, or says what ends the chain. */
import type { Redirect } from '../model/fetch.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import type { Fault } from './faults.ts';
import { type Headers, encodeLocation } from './headers.ts';
import { type Target, type TargetRules, readTarget } from './target.ts';

/** 300, 304, 305 and 306 name no one place to go (RFC 9110 §15.4). */
export const isRedirect = (status: number): boolean =>
  status === 301 || status === 302 || status === 303 || status === 307 || status === 308;

export type Step = { readonly target: Target; readonly redirect: Redirect } | { readonly fault: Fault };

export interface RedirectRules {
  readonly rules: TargetRules;
  readonly maxRedirects: number;
  /** Whether an address was asked in this chain just as it would be now: with a new cookie it is another request. */
  readonly wasAsked: (url: URL) => boolean;
}

/** Follows one response from `from`, after the hops in `redirects`. */
export function followRedirect(
  from: URL,
  status: number,
  headers: Headers,
  redirects: readonly Redirect[],
  { rules, maxRedirects, wasAsked }: RedirectRules,
): Step {
  const { host } = from;
  const stop = (why: Reason): Step => ({ fault: { stage: 'redirect', reason: why } });
  const location = headers['location'];
  if (location === undefined || location === '') {
    return stop(reason('fetch.redirect.nowhere', { host, status }));
  }
  const result = readTarget(encodeLocation(location), rules, from);
  if (!result.ok) {
    return { fault: { stage: 'address', reason: reason('fetch.address.redirected', { host, why: result.reason }) } };
  }
  const to = result.target.url.href;
  if (wasAsked(result.target.url)) {
    const code = headers['set-cookie'] === undefined ? 'fetch.redirect.circle' : 'fetch.redirect.circle-with-cookie';
    return stop(reason(code, { to }));
  }
  if (redirects.length >= maxRedirects) return stop(reason('fetch.redirect.too-many', { most: maxRedirects, to }));
  return { target: result.target, redirect: { status, from: from.href, to } };
}

/** The reason of a later failure, with what goes with it: from here on the connection was not encrypted. */
export function nameDowngrade(why: Reason, redirects: readonly Redirect[]): Reason {
  const hop = redirects.find(({ from, to }) => from.startsWith('https:') && to.startsWith('http:'));
  return hop === undefined ? why : reason('fetch.downgraded', { why, to: hop.to });
}
