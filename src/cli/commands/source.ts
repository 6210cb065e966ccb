/** `deltawire source add`: looks at an address, finds the feed or the page of news to poll, and proposes a block. */
import { say } from '../../reasons/render.ts';
import { languageOf } from '../output/locale.ts';
import { writeBlock } from '../../config/files/edit.ts';
import type { FoundSource } from '../../daemon/findsource.ts';
import { proposeSource } from '../../daemon/proposesource.ts';
import { readDocument, type ReceivedDocument } from '../../feed/readdocument.ts';
import type { SourceSettings } from '../../config/plainsource.ts';
import type { Config } from '../../model/config.ts';
import { beijingDate } from '../../text/time.ts';
import { CommandError, type ExitCode, print, requireConfig } from '../output/exit.ts';
import { seekSource } from '../../daemon/seeksource.ts';
import { CONFIG_CHECKS } from '../../pipeline/checks.ts';
import { addressKey, addSources, nameFrom } from '../../config/files/newsource.ts';

const SAMPLES = 5;

export async function runSourceAdd(
  typed: string,
  options: { readonly config: string; readonly id?: string | undefined; readonly yes: boolean },
): Promise<ExitCode> {
  const language = languageOf(process.env);
  const config = await requireConfig(options.config);
  if (options.id !== undefined && config.sources.some(({ id }) => id === options.id))
    throw new CommandError([`the id ${options.id} is taken`], 2);
  const found = await look(typed, config);
  const same = config.sources.find((source) => addressKey(source.url) === addressKey(found.url));
  if (same !== undefined)
    throw new CommandError([`${found.url} is source ${same.id} already (${same.at.file}:${same.at.line})`], 1);
  const block = proposeSource(found, config, options.id);
  for (const line of describe(found)) await print(`# ${line}`);
  await print(writeBlock(block));
  if (!options.yes) {
    await print('# not written; --yes adds it to sources.yaml');
    return 0;
  }
  const added = await addSources(config, [block], CONFIG_CHECKS);
  if (!added.ok) throw new CommandError([say(added.why, language)], 1);
  await print(`# added to sources.yaml${added.backup === null ? '' : `; the old one is ${added.backup}`}`);
  return 0;
}

/** Throws CommandError where nothing at the address can be polled. */
async function look(typed: string, config: Config): Promise<FoundSource> {
  const read = (settings: SourceSettings, document: ReceivedDocument) => readDocument(settings, document, Date.now());
  const finding = await seekSource(typed, config, read);
  if (finding.ok) return finding.found;
  const said = say(finding.reason, languageOf(process.env));
  throw finding.asked ? new CommandError([`${typed.trim()}: ${said}`], 1) : new CommandError([said], 2);
}

/** What was found, with its first headlines and what else could be polled. */
function describe({ document, alternatives }: FoundSource): readonly string[] {
  const { items, format, mode } = document;
  const dated = items.filter(({ published }) => published !== null).length;
  const samples = items.slice(0, SAMPLES).map(({ title, published }) => {
    return `${published === null ? '-' : beijingDate(published)} ${nameFrom(title) ?? ''}`;
  });
  const others = alternatives.map(
    ({ url, title, kind }) => `or: ${url} (${[kind, nameFrom(title ?? '')].filter(Boolean).join(', ')})`,
  );
  return [`${mode ?? format}, ${items.length} items, ${dated} with a date`, ...samples, ...others];
}
