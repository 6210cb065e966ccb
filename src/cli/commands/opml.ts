/** `deltawire opml`: reads a subscription list into sources.yaml, or prints one of the editions or sources. */
import { escapeControls } from '../../text/terminal.ts';
import type { NewSource } from '../../config/files/edit.ts';
import { renderOpml } from '../../publish/opml.ts';
import { readMarkup } from '../../text/guardedparser.ts';
import type { Config } from '../../model/config.ts';
import { CommandError, type ExitCode, print, requireConfig } from '../output/exit.ts';
import { say } from '../../reasons/render.ts';
import { languageOf } from '../output/locale.ts';
import { readBounded } from '../../config/files/load.ts';
import { sourceUrlProblem } from '../../config/schema/addresses.ts';
import { CONFIG_CHECKS } from '../../pipeline/checks.ts';
import { addressKey, addSources, nameFrom, nameSource } from '../../config/files/newsource.ts';

const MAX_BYTES = 20 * 1024 * 1024;

export interface Subscription {
  readonly url: string;
  readonly title: string | null;
  /** Heading that it stands under; null without one. */
  readonly group: string | null;
}

/** The feeds of an OPML document, in order, each address once; null where it is no OPML. */
export function readOpml(xml: string): readonly Subscription[] | null {
  const found = new Map<string, Subscription>();
  const headings: (string | null)[] = [];
  let isOpml = false;
  readMarkup(
    xml,
    {
      onopentag(tag, written) {
        const name = tag.toLowerCase();
        if (name === 'opml') isOpml = true;
        if (name !== 'outline') return;
        const attributes = new Map(Object.entries(written).map(([key, value]) => [key.toLowerCase(), value.trim()]));
        const title = attributes.get('text') || attributes.get('title') || null;
        const url = attributes.get('xmlurl') ?? '';
        headings.push(url === '' ? title : null);
        if (!/^(?:https?|rsshub):\/\/\S+$/i.test(url)) return;
        const group = headings.slice(0, -1).findLast((heading) => heading !== null) ?? null;
        if (!found.has(addressKey(url))) found.set(addressKey(url), { url, title, group });
      },
      onclosetag(tag) {
        if (tag.toLowerCase() === 'outline') headings.pop();
      },
    },
    { xml: true, most: MAX_BYTES },
  );
  return isOpml ? [...found.values()] : null;
}

export async function runOpmlImport(file: string, options: { readonly config: string }): Promise<ExitCode> {
  const config = await requireConfig(options.config);
  const bytes = await readBounded(file, MAX_BYTES).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError([`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`], 2);
  });
  const list = bytes.length > MAX_BYTES ? null : readOpml(Buffer.from(bytes).toString('utf8'));
  if (list === null) throw new CommandError([`${file}: this is no OPML list of subscriptions`], 1);
  const known = new Set(config.sources.map(({ url }) => addressKey(url)));
  const taken = new Set(config.sources.map(({ id }) => id));
  const unknown = list.filter(({ url }) => !known.has(addressKey(url)));
  const faulty = unknown.flatMap(({ url }) => sourceUrlProblem(url) ?? []);
  const fresh = unknown
    .filter(({ url }) => sourceUrlProblem(url) === null)
    .map(({ url, title, group }): NewSource => {
      const id = nameSource(url, taken);
      taken.add(id);
      const source: Record<'id' | 'url', string> & Record<string, string> = { id, url };
      const [name, heading] = [nameFrom(title ?? ''), nameFrom(group ?? '')];
      if (name !== null) source['name'] = name;
      if (heading !== null) source['group'] = heading;
      return source;
    });
  const added = fresh.length > 0 ? await addSources(config, fresh, CONFIG_CHECKS) : null;
  if (added?.ok === false) throw new CommandError([say(added.why, languageOf(process.env))], 1);
  for (const problem of faulty) await print(`not added: ${say(problem, languageOf(process.env))}`);
  await print(`${fresh.length} added to sources.yaml, ${list.length - unknown.length} known already`);
  return faulty.length === 0 ? 0 : 1;
}

export async function runOpmlExport(options: {
  readonly config: string;
  readonly editions: boolean;
  readonly sources: boolean;
}): Promise<ExitCode> {
  if (options.editions && options.sources) throw new CommandError(['give --editions or --sources, not both'], 2);
  const config = await requireConfig(options.config);
  const xml = options.sources ? ofSources(config) : ofEditions(config);
  process.stdout.write(escapeControls(xml, (control) => `&#x${control.codePointAt(0)?.toString(16)};`));
  return 0;
}

function ofSources({ sources }: Config): string {
  const list = sources.filter(({ enabled, kind }) => enabled && kind === 'feed');
  return renderOpml(
    'deltawire sources',
    list.map(({ name, url }) => ({ title: name, xmlUrl: url })),
  );
}

function ofEditions({ editions, settings: { server } }: Config): string {
  const host = server.host.includes(':') ? `[${server.host}]` : server.host;
  const base = server.baseUrl ?? `http://${host}:${server.port}`;
  return renderOpml(
    'deltawire',
    editions.map(({ id, title }) => ({
      title,
      xmlUrl: `${base}/feeds/${encodeURIComponent(id)}.rss`,
      htmlUrl: `${base}/?edition=${encodeURIComponent(id)}`,
    })),
  );
}
