/** `deltawire opml`: reads a subscription list into sources.yaml, or prints one of the editions or sources. */
import { escapeControls } from '../../text/terminal.ts';
import { renderOpml } from '../../publish/opml.ts';
import type { Config } from '../../model/config.ts';
import { CommandError, type ExitCode, print, requireConfig } from '../output/exit.ts';
import { say } from '../../reasons/render.ts';
import { languageOf } from '../output/locale.ts';
import { readBounded } from '../../config/files/load.ts';
import { sourcesOfList } from '../../daemon/importlist.ts';
import { MOST_LIST } from '../../daemon/opmllist.ts';
import { renderSourceList } from '../../publish/sourceslist.ts';
import { CONFIG_CHECKS } from '../../pipeline/checks.ts';
import { addSources } from '../../config/files/newsource.ts';

export async function runOpmlImport(file: string, options: { readonly config: string }): Promise<ExitCode> {
  const config = await requireConfig(options.config);
  const bytes = await readBounded(file, MOST_LIST).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError([`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`], 2);
  });
  const list = bytes.length > MOST_LIST ? null : sourcesOfList(config, bytes);
  if (list === null) throw new CommandError([`${file}: this is no OPML list of subscriptions`], 1);
  const { fresh, known, repeated, refused } = list;
  const added = fresh.length > 0 ? await addSources(config, fresh, CONFIG_CHECKS) : null;
  if (added?.ok === false) throw new CommandError([say(added.why, languageOf(process.env))], 1);
  for (const problem of refused) await print(`not added: ${say(problem, languageOf(process.env))}`);
  const others = [
    `${known.length} known already`,
    ...(repeated > 0 ? [`${repeated} named twice`] : []),
    ...(refused.length > 0 ? [`${refused.length} refused`] : []),
  ];
  await print(`${fresh.length} added to sources.yaml, ${others.join(', ')}`);
  return refused.length === 0 ? 0 : 1;
}

export async function runOpmlExport(options: {
  readonly config: string;
  readonly editions: boolean;
  readonly sources: boolean;
}): Promise<ExitCode> {
  if (options.editions && options.sources) throw new CommandError(['give --editions or --sources, not both'], 2);
  const config = await requireConfig(options.config);
  const xml = options.sources ? renderSourceList(config.sources) : ofEditions(config);
  process.stdout.write(escapeControls(xml, (control) => `&#x${control.codePointAt(0)?.toString(16)};`));
  return 0;
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
