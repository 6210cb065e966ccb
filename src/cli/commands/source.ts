/** `deltawire source add`: looks at an address, finds the feed or the page of news to poll, and proposes a block. */
import { reason } from '../../reasons/catalogue.ts';
import { writeBlock } from '../../config/files/edit.ts';
import type { FoundSource } from '../../daemon/findsource.ts';
import { proposeSource } from '../../daemon/proposesource.ts';
import { readDocument, type ReceivedDocument } from '../../feed/readdocument.ts';
import type { SourceSettings } from '../../config/plainsource.ts';
import type { Config } from '../../model/config.ts';
import { beijingDate } from '../../text/time.ts';
import { requireConfig } from '../input/requireconfig.ts';
import { type ExitCode, print, refuse, tellReason } from '../output/exit.ts';
import { seekSource } from '../../daemon/seeksource.ts';
import { CONFIG_CHECKS } from '../../pipeline/checks.ts';
import { addressKey, addSources, nameFrom } from '../../config/files/newsource.ts';

const SAMPLES = 5;

export async function runSourceAdd(
  typed: string,
  options: { readonly config: string; readonly id?: string | undefined; readonly yes: boolean },
): Promise<ExitCode> {
  const config = await requireConfig(options.config);
  if (options.id !== undefined && config.sources.some(({ id }) => id === options.id))
    throw refuse(reason('add.id-taken', { id: options.id }), 2);
  const found = await look(typed, config);
  const same = config.sources.find((source) => addressKey(source.url) === addressKey(found.url));
  if (same !== undefined)
    throw refuse(reason('add.known', { url: found.url, id: same.id, place: `${same.at.file}:${same.at.line}` }));
  const block = proposeSource(found, config, options.id);
  for (const line of describe(found)) await print(`# ${line}`);
  await print(writeBlock(block));
  if (!options.yes) {
    await print(`# ${tellReason(reason('add.not-written'))}`);
    return 0;
  }
  const added = await addSources(config, [block], CONFIG_CHECKS);
  if (!added.ok) throw refuse(added.why);
  const done = added.backup === null ? reason('add.added') : reason('add.added-kept', { backup: added.backup });
  await print(`# ${tellReason(done)}`);
  return 0;
}

/** Throws CommandError where nothing at the address can be polled. */
async function look(typed: string, config: Config): Promise<FoundSource> {
  const read = (settings: SourceSettings, document: ReceivedDocument) => readDocument(settings, document, Date.now());
  const finding = await seekSource(typed, config, read);
  if (finding.ok) return finding.found;
  const { asked, reason: why } = finding;
  throw asked ? refuse(reason('add.not-found', { name: typed.trim(), why })) : refuse(why, 2);
}

/** What was found, with its first headlines and what else could be polled. */
function describe({ document, alternatives }: FoundSource): readonly string[] {
  const { items, format, mode } = document;
  const dated = items.filter(({ published }) => published !== null).length;
  const samples = items.slice(0, SAMPLES).map(({ title, published }) => {
    return `${published === null ? '-' : beijingDate(published)} ${nameFrom(title) ?? ''}`;
  });
  const others = alternatives.map(({ url, title, kind }) => {
    const name = nameFrom(title ?? '');
    return tellReason(reason('add.or', { url, what: name === null ? [kind] : [kind, name] }));
  });
  const found = tellReason(reason('add.found', { kind: mode ?? format, items: items.length, dated }));
  return [found, ...samples, ...others];
}
