/** `deltawire story` and `deltawire withdraw`: what an operator does to stories by hand. */
import { joinStories, splitEntry } from '../../store/stories/arrange.ts';
import type { ByHand, ByHandOptions } from '../../store/stories/byhand.ts';
import { publishAgain, withdrawEntry, withdrawStory } from '../../store/stories/withdraw.ts';
import type { Store } from '../../store/redis/keys.ts';
import { ASSEMBLER } from '../../pipeline/assemble.ts';
import { reason } from '../../reasons/catalogue.ts';
import { readEntry, readStory, resolveStory } from '../../store/stories/stories.ts';
import { requireConfig } from '../input/requireconfig.ts';
import { type ExitCode, printReason, refuse } from '../output/exit.ts';
import { entriesNamed, withStore } from './explain.ts';

export async function runStorySplit(name: string, options: { readonly config: string }): Promise<ExitCode> {
  return arrange(options.config, async (store, byHand) => {
    const [entry, ...more] = await entriesNamed(store, name);
    if (more.length > 0)
      throw refuse(reason('byhand.several', { name, entries: entry === undefined ? more : [entry, ...more] }));
    const done = await splitEntry(store, entry ?? name, byHand);
    if (done.ok)
      await printReason(reason('byhand.split', { entry: entry ?? name, story: done.story, from: done.from }));
    return done;
  });
}

export async function runStoryJoin(
  into: string,
  other: string,
  options: { readonly config: string },
): Promise<ExitCode> {
  return arrange(options.config, async (store, byHand) => {
    const done = await joinStories(store, into, other, byHand);
    if (done.ok) await printReason(reason('byhand.joined', { from: done.from, story: done.story }));
    return done;
  });
}

/** `name`: an id of a story, or an entry's address or id: of a story that others copied, the copy alone is withdrawn. */
export async function runWithdraw(
  name: string,
  options: { readonly config: string; readonly reason?: string; readonly undo: boolean },
): Promise<ExitCode> {
  const said = options.reason?.trim() ?? '';
  if (said === '' && !options.undo) throw refuse(reason('withdraw.no-reason'), 2);
  return arrange(options.config, async (store, byHand) => {
    const story = URL.canParse(name) ? null : await readStory(store, await resolveStory(store, name));
    const [entry = name] = story === null ? await entriesNamed(store, name) : [];
    const change = async () => {
      if (options.undo) return publishAgain(store, story?.id ?? (await readEntry(store, entry))?.story ?? name, byHand);
      return story === null ? withdrawEntry(store, entry, said, byHand) : withdrawStory(store, story.id, said, byHand);
    };
    const done = await change();
    if (done.ok) await printReason(reason(options.undo ? 'withdraw.undone' : 'withdraw.done', { story: done.story }));
    return done;
  });
}

async function arrange(
  folder: string,
  change: (store: Store, options: ByHandOptions) => Promise<ByHand>,
): Promise<ExitCode> {
  const { version, settings } = await requireConfig(folder);
  const byHand = {
    now: Date.now(),
    configVersion: version,
    ledgerCount: settings.retention.ledgerCount,
    assembler: ASSEMBLER,
  };
  return withStore<ExitCode>(async (store) => {
    const done = await change(store, byHand);
    if (done.ok) return 0;
    throw refuse(reason(`byhand.${done.reason}`));
  });
}
