/** Gets the documents that `try` and `check` read: configured sources, addresses, files with their header files. */
import { reason } from '../../reasons/catalogue.ts';
import { pathToFileURL } from 'node:url';
import { plainSource, type SourceSettings } from '../../config/plainsource.ts';
import type { Fetcher } from '../../fetch/fetcher.ts';
import { loadAddress, settingsAt } from '../../daemon/loadaddress.ts';
import { readBounded } from '../../config/files/load.ts';
import type { Config } from '../../model/config.ts';
import type { FetchResult } from '../../model/fetch.ts';
import type { ReadFailure } from '../output/present.ts';

/** A document's bytes with what is known of them, or why there are none. */
export type Loaded =
  | {
      readonly ok: true;
      readonly name: string;
      readonly url: string;
      readonly bytes: Uint8Array;
      readonly headers: Readonly<Record<string, string>>;
      readonly settings: SourceSettings;
      readonly status: number | null;
    }
  | { readonly ok: false; readonly failure: ReadFailure; readonly result: FetchResult | null };

/** `name`: a source id of the config, an address, or a file. Never throws. */
export async function loadDocument(name: string, config: Config, fetcher: Fetcher): Promise<Loaded> {
  const source = config.sources.find(({ id }) => id === name);
  if (source !== undefined) return load(name, source.url, source, config, fetcher);
  if (/^(https?|rsshub):\/\//i.test(name)) return load(name, name, settingsAt(name, config), config, fetcher);
  return loadFile(name, config.settings.fetch.maxBytes);
}

async function load(
  name: string,
  address: string,
  settings: SourceSettings,
  config: Config,
  fetcher: Fetcher,
): Promise<Loaded> {
  const loaded = await loadAddress(address, settings, config, fetcher);
  if (loaded.ok) return { ...loaded, name };
  const { url, stage, reason: why, result } = loaded;
  return { ok: false, result, failure: { source: name, url, stage, reason: why } };
}

async function loadFile(path: string, maxBytes: number): Promise<Loaded> {
  const url = pathToFileURL(path).href;
  try {
    const [bytes, headers] = await Promise.all([readBounded(path, maxBytes), readHeaderFile(`${path}.headers`)]);
    if (bytes.length > maxBytes) {
      const why = reason('read.file.too-large', { limit: maxBytes });
      return { ok: false, result: null, failure: { source: path, url, stage: 'read', reason: why } };
    }
    const base = headers['content-location'];
    const at = base !== undefined && URL.canParse(base) ? base : url;
    return { ok: true, name: path, url: at, bytes, headers, settings: plainSource(path, at), status: null };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? reason('read.file.missing') : reason('read.file.other', { said: message });
    return { ok: false, result: null, failure: { source: path, url, stage: 'read', reason: why } };
  }
}

const MAX_HEADER_FILE_BYTES = 65_536;

/** Lines `Name: value`, by lower-case name; a missing file is no headers. */
async function readHeaderFile(path: string): Promise<Record<string, string>> {
  const bytes = await readBounded(path, MAX_HEADER_FILE_BYTES).catch(() => new Uint8Array());
  const text = Buffer.from(bytes).toString('utf8');
  const headers: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}
