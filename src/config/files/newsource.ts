/** Names new sources and writes them into sources.yaml: ids from addresses, no address twice, comments kept. */
import { buildConfig } from '../build.ts';
import type { Checks } from '../schema/crosschecks.ts';
import { appendSources, type NewSource } from './edit.ts';
import { readConfigFiles } from './load.ts';
import { readConfigText, replaceConfigText, type Rewritten } from './save.ts';
import type { Config } from '../../model/config.ts';
import { reason } from '../../reasons/catalogue.ts';

const MAX_ID = 48;

/** An id that no one of `taken` has: from host and path, without what every address has. */
export function nameSource(url: string, taken: ReadonlySet<string>): string {
  const { hostname, pathname } = URL.canParse(url) ? new URL(url) : { hostname: 'source', pathname: '' };
  const host = hostname
    .replace(/^(?:www|rss|feeds?)\./, '')
    .replace(/\.(?:com|net|org|gov|edu)?(?:\.?[a-z]{2,3})$/, '');
  const path = pathname.replace(/\.\w{2,5}$/, '').replaceAll(/\b(?:rss|feeds?|atom|index)\b/g, '');
  const base =
    `${host}-${path}`
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|(?<!-)-+$/g, '')
      .slice(0, MAX_ID)
      .replace(/(?<!-)-+$/, '') || 'source';
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/** Addresses that are one, whatever their scheme, case of host, or slash at the end. */
export function addressKey(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname, search, protocol } = new URL(url);
  return `${protocol === 'rsshub:' ? 'rsshub:' : ''}${host}${pathname.replace(/(?<!\/)\/+$/, '')}${search}`;
}

const MAX_NAME = 200;

/** A title from outside as a name: one line, without characters that are not seen; null where nothing is left. */
export function nameFrom(title: string): string | null {
  const line = title.replaceAll(/[\p{Cc}\s]+/gu, ' ').replaceAll(/\p{Cf}/gu, '');
  return Array.from(line.trim()).slice(0, MAX_NAME).join('').trim() || null;
}

/** Writes them after the last source, if the config is then valid as a whole. */
export async function addSources(
  { folder }: Config,
  sources: readonly NewSource[],
  checks: Checks,
): Promise<Rewritten> {
  const file = 'sources.yaml';
  const { text, hash } = await readConfigText(folder, file);
  const changed = appendSources(text, sources);
  if (changed === null) return { ok: false, why: reason('config.save.by-hand') };
  const { files } = await readConfigFiles(folder);
  const built = buildConfig(new Map([...files, [file, Buffer.from(changed)]]), folder, process.env, checks, Date.now());
  const fault = built.ok ? undefined : built.faults[0];
  if (fault !== undefined)
    return { ok: false, why: reason('config.save.in-file', { file: fault.file, why: fault.why }) };
  return replaceConfigText(folder, file, changed, hash, Date.now());
}
