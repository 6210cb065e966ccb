/** Gets the documents that `try` and `check` read: configured sources, addresses, files with their header files. */
import { reason } from '../../reasons/catalogue.ts';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { plainSource, type SourceSettings } from '../../config/plainsource.ts';
import type { Fetcher } from '../../fetch/fetcher.ts';
import { requestOf, resolveAddress } from '../../sources/configured.ts';
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
  if (source !== undefined) return loadAddress(name, source.url, source, config, fetcher);
  if (/^(https?|rsshub):\/\//i.test(name)) {
    const same = config.sources.find(({ url }) => url === name);
    return loadAddress(name, name, same ?? plainSource(name, name), config, fetcher);
  }
  return loadFile(name);
}

async function loadAddress(
  name: string,
  address: string,
  settings: SourceSettings,
  config: Config,
  fetcher: Fetcher,
): Promise<Loaded> {
  const url = resolveAddress(address, config.settings.rsshub);
  if (url === null)
    return {
      ok: false,
      result: null,
      failure: {
        source: name,
        url: address,
        stage: 'address',
        reason: reason('fetch.address.no-rsshub'),
      },
    };
  const result = await fetcher.fetchDocument(requestOf(settings, url));
  if (result.outcome === 'modified')
    return {
      ok: true,
      name,
      url: result.url,
      bytes: result.body,
      headers: result.headers,
      settings,
      status: result.status,
    };
  const stage = result.outcome === 'failed' ? result.stage : 'status';
  const why =
    result.outcome === 'failed'
      ? result.reason
      : reason('fetch.status.outcome', { outcome: result.outcome, status: result.status });
  return { ok: false, result, failure: { source: name, url, stage, reason: why } };
}

async function loadFile(path: string): Promise<Loaded> {
  const url = pathToFileURL(path).href;
  try {
    const [bytes, headers] = await Promise.all([readFile(path), readHeaderFile(`${path}.headers`)]);
    const base = headers['content-location'];
    const at = base !== undefined && URL.canParse(base) ? base : url;
    return { ok: true, name: path, url: at, bytes, headers, settings: plainSource(path, at), status: null };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? reason('read.file.missing') : reason('read.file.other', { said: message });
    return { ok: false, result: null, failure: { source: path, url, stage: 'read', reason: why } };
  }
}

/** Lines `Name: value`, by lower-case name; a missing file is no headers. */
async function readHeaderFile(path: string): Promise<Record<string, string>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const headers: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}
