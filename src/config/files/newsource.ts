/** Names new sources and writes them into sources.yaml: ids from addresses, no address twice, comments kept. */
import { appendSources, type NewSource } from './edit.ts';
import { readConfigText, saveConfigText } from './save.ts';
import type { Config } from '../../model/config.ts';

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
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, MAX_ID)
      .replace(/-+$/, '') || 'source';
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/** Addresses that are one, whatever their scheme, case of host, or slash at the end. */
export function addressKey(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname, search, protocol } = new URL(url);
  return `${protocol === 'rsshub:' ? 'rsshub:' : ''}${host}${pathname.replace(/\/+$/, '')}${search}`;
}

/** `backup`: path of the old file; null where there was none. `message` says which file could not be written, and why. */
export type Added =
  | { readonly ok: true; readonly backup: string | null }
  | { readonly ok: false; readonly message: string };

/** Writes them after the last source. */
export async function addSources(config: Config, sources: readonly NewSource[]): Promise<Added> {
  const { text, hash } = await readConfigText(config.folder, 'sources.yaml');
  const changed = appendSources(text, sources);
  if (changed === null)
    return {
      ok: false,
      message: 'sources.yaml: the list is written so that only a person can add to it (one line, alias)',
    };
  const saved = await saveConfigText(config.folder, 'sources.yaml', changed, hash, Date.now());
  if (saved.ok) return { ok: true, backup: saved.backup };
  return {
    ok: false,
    message:
      saved.reason === 'changed' ? 'sources.yaml was changed meanwhile: try again' : `sources.yaml: ${saved.message}`,
  };
}
