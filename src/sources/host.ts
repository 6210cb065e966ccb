/** Turns a source's address into the one that is asked, and into the key under which hosts share their pace. */
import { parse } from 'tldts';
import type { Settings } from '../model/config.ts';

/** The address that is asked: `rsshub://route` lies under the configured base; null where none is configured. */
export function resolveAddress(url: string, rsshub: string | null): string | null {
  if (!url.startsWith('rsshub://')) return url;
  if (rsshub === null) return null;
  return `${rsshub.replace(/\/+$/, '')}/${url.slice('rsshub://'.length).replace(/^\/+/, '')}`;
}

/** The key of an address's pace: its host and port, or the domain that was registered (publicsuffix.org, ICANN part). */
export function paceKey(address: string, by: Settings['fetch']['paceBy']): string {
  if (!URL.canParse(address)) return address;
  const { host, hostname } = new URL(address);
  if (by === 'host') return host;
  const { domain, isIp } = parse(hostname);
  return domain ?? (isIp === true ? host : hostname);
}
