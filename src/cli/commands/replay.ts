/** `deltawire replay`: runs another config over the stored entries and prints what each edition would gain and lose. */
import { replay, type Replay } from '../../daemon/replay.ts';
import type { Language } from '../../reasons/language.ts';
import { reason } from '../../reasons/catalogue.ts';
import { codeOf, say } from '../../reasons/render.ts';
import { spoken } from '../output/locale.ts';
import { requireConfig } from '../input/requireconfig.ts';
import { type ExitCode, print, refuse, tellReason } from '../output/exit.ts';
import { withStore } from './explain.ts';

const SHOWN = 20;
const BUDGET_MS = 600_000;

export async function runReplay(options: {
  readonly config: string;
  readonly stories: string;
  readonly json: boolean;
}): Promise<ExitCode> {
  const stories = Number(options.stories);
  if (!Number.isInteger(stories) || stories < 1)
    throw refuse(reason('usage.whole-number', { option: '--stories', value: options.stories }), 2);
  const config = await requireConfig(options.config);
  const result = await withStore((store) => replay(store, config, { stories, budgetMs: BUDGET_MS }));
  const language = spoken();
  await print(options.json ? JSON.stringify(present(result, language)) : tell(result));
  return 0;
}

function present(result: Replay, language: Language): object {
  const texts = (changes: Replay['editions'][number]['gained']) =>
    changes.map((change) => ({ ...change, why: say(change.why, language), whyCode: codeOf(change.why) }));
  const editions = result.editions.map((one) => ({ ...one, gained: texts(one.gained), lost: texts(one.lost) }));
  return { ...result, editions };
}

function tell({ editions, replayed, stored }: Replay): string {
  const lines = [tellReason(reason('replay.done', { replayed, stored }))];
  for (const { edition, gained, lost } of editions) {
    lines.push(`${edition}: +${gained.length} −${lost.length}`);
    for (const [mark, changes] of [
      ['+', gained],
      ['−', lost],
    ] as const) {
      for (const change of changes.slice(0, SHOWN))
        lines.push(`  ${mark} ${tellReason(reason('replay.change', change))}`);
      if (changes.length > SHOWN)
        lines.push(`  ${mark} ${tellReason(reason('replay.more', { more: changes.length - SHOWN }))}`);
    }
  }
  return lines.join('\n');
}
