/** Says which addresses share one pace. */
import { isIP } from 'node:net';
import { registeredDomain } from '../text/url.ts';
import type { Settings } from '../model/config.ts';

/** The key of an address's pace: its host and port, or the domain that was registered (publicsuffix.org, ICANN part). */
export function paceKey(address: string, by: Settings['fetch']['paceBy']): string {
  if (!URL.canParse(address)) return address;
  const { host, hostname } = new URL(address);
  if (by === 'host') return host;
  const isAddress = isIP(hostname.replaceAll(/^\[|\]$/g, '')) !== 0;
  return isAddress ? host : registeredDomain(hostname);
}
