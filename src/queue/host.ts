/** Turns a source's address into the one that is asked, and into the key under which hosts share their pace. */
import { isIP } from 'node:net';
import type { Settings } from '../types.ts';

/** The address that is asked: `rsshub://route` lies under the configured base; null where none is configured. */
export function resolveAddress(url: string, rsshub: string | null): string | null {
  if (!url.startsWith('rsshub://')) return url;
  if (rsshub === null) return null;
  return `${rsshub.replace(/\/+$/, '')}/${url.slice('rsshub://'.length).replace(/^\/+/, '')}`;
}

/**
 * Second levels under which names are registered (gov.cn, com.tw, co.jp, gd.cn …): those of publicsuffix.org that the
 * outlets of the region and its neighbours use.
 */
const SECOND_LEVEL = new Set('ac co com edu gob gov govt go ne net nom or org mil idv ltd plc sch'.split(' '));
/** .cn also registers under its provinces' letters (ah.cn, js.cn, sh.cn, zj.cn; CNNIC). */
const PROVINCES = new Set(
  'ah bj cq fj gd gs gx gz ha hb he hi hl hn jl js jx ln nm nx qh sc sd sh sn sx tj xj xz yn zj'.split(' '),
);

/** The key of an address's pace: its host and port, or the domain that was registered. */
export function paceKey(address: string, by: Settings['fetch']['paceBy']): string {
  if (!URL.canParse(address)) return address;
  const { host, hostname } = new URL(address);
  if (by === 'host' || hostname.startsWith('[') || isIP(hostname) !== 0) return host;
  const labels = hostname.replace(/\.$/, '').split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const shared = top.length === 2 && (SECOND_LEVEL.has(second) || (top === 'cn' && PROVINCES.has(second)));
  return labels.slice(shared ? -3 : -2).join('.');
}
