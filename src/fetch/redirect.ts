/** Follows a redirecting response to the next target, or says what ends the chain. */
import type { Redirect } from '../model/fetch.ts';
import { type Fault, nameStatus } from './faults.ts';
import { type Headers, encodeLocation } from './headers.ts';
import { type Target, type TargetRules, readTarget } from './target.ts';

/** 300, 304, 305 and 306 name no one place to go (RFC 9110 §15.4). */
export const isRedirect = (status: number): boolean =>
  status === 301 || status === 302 || status === 303 || status === 307 || status === 308;

export type Step = { readonly target: Target; readonly redirect: Redirect } | { readonly fault: Fault };

/** Follows one response from `from`, after the hops in `redirects`. */
export function followRedirect(
  from: URL,
  status: number,
  headers: Headers,
  redirects: readonly Redirect[],
  rules: TargetRules,
  maxRedirects: number,
): Step {
  const stop = (message: string): Step => ({ fault: { stage: 'redirect', message } });
  const location = headers['location'];
  if (location === undefined || location === '') {
    return stop(`${from.host} answered ${nameStatus(status)} without saying where to go`);
  }
  const result = readTarget(encodeLocation(location), rules, from);
  if (!result.ok) {
    return { fault: { stage: 'address', message: `${from.host} redirects to a refused address: ${result.message}` } };
  }
  const to = result.target.url.href;
  if (to === from.href || redirects.some((hop) => hop.from === to)) {
    const cookies = headers['set-cookie'] === undefined ? '' : '; it may be waiting for a cookie';
    return stop(`the redirects lead in a circle, back to ${to}${cookies}`);
  }
  if (redirects.length >= maxRedirects) return stop(`more than ${maxRedirects} redirects, the next one to ${to}`);
  return { target: result.target, redirect: { status, from: from.href, to } };
}

/** Goes into the message of a later failure: from here on the connection was not encrypted. */
export function nameDowngrade(redirects: readonly Redirect[]): string {
  const hop = redirects.find(({ from, to }) => from.startsWith('https:') && to.startsWith('http:'));
  return hop === undefined ? '' : ` (after a redirect from https to ${hop.to})`;
}
