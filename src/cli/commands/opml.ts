/** `deltawire opml`: reads a subscription list into sources.yaml, or prints one of the editions or sources. */
import { escapeControls } from '../../text/terminal.ts';
import { renderOpml } from '../../publish/opml.ts';
import type { Config } from '../../model/config.ts';
import { requireConfig } from '../input/requireconfig.ts';
import { type ExitCode, printReason, refuse } from '../output/exit.ts';
import { reason } from '../../reasons/catalogue.ts';
import { whyUnread } from '../input/unread.ts';
import { readBounded } from '../../config/files/load.ts';
import { sourcesOfList } from '../../daemon/importlist.ts';
import { MOST_LIST } from '../../daemon/opmllist.ts';
import { renderSourceList } from '../../publish/sourceslist.ts';
import { CONFIG_CHECKS } from '../../pipeline/checks.ts';
import { addSources } from '../../config/files/newsource.ts';

export async function runOpmlImport(file: string, options: { readonly config: string }): Promise<ExitCode> {
  const config = await requireConfig(options.config);
  const bytes = await readBounded(file, MOST_LIST).catch((error: NodeJS.ErrnoException) => {
    throw refuse(whyUnread(file, error), 2);
  });
  const list = bytes.length > MOST_LIST ? null : sourcesOfList(config, bytes);
  if (list === null) throw refuse(reason('opml.none', { file }));
  const { fresh, known, repeated, refused } = list;
  const added = fresh.length > 0 ? await addSources(config, fresh, CONFIG_CHECKS) : null;
  if (added?.ok === false) throw refuse(added.why);
  for (const problem of refused) await printReason(reason('opml.refused', { why: problem }));
  const others = [
    reason('opml.known', { known: known.length }),
    ...(repeated > 0 ? [reason('opml.repeated', { repeated })] : []),
    ...(refused.length > 0 ? [reason('opml.count-refused', { refused: refused.length })] : []),
  ];
  await printReason(reason('opml.added', { added: fresh.length, others }));
  return refused.length === 0 ? 0 : 1;
}

export async function runOpmlExport(options: {
  readonly config: string;
  readonly editions: boolean;
  readonly sources: boolean;
}): Promise<ExitCode> {
  if (options.editions && options.sources) throw refuse(reason('opml.both'), 2);
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
