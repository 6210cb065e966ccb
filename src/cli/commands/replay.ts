/** `deltawire replay`: runs another config over the stored entries and prints what each edition would gain and lose. */
import { replay, type Replay } from '../../daemon/replay.ts';
import { CommandError, type ExitCode, print, requireConfig } from '../output/exit.ts';
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
    throw new CommandError([`--stories ${options.stories}: expected a whole number from 1`], 2);
  const config = await requireConfig(options.config);
  const result = await withStore((store) => replay(store, config, { stories, budgetMs: BUDGET_MS }));
  await print(options.json ? JSON.stringify(result) : tell(result));
  return 0;
}

function tell({ editions, replayed, stored }: Replay): string {
  const lines = [`replayed ${replayed} of ${stored} stories`];
  for (const { edition, gained, lost } of editions) {
    lines.push(`${edition}: +${gained.length} −${lost.length}`);
    for (const [mark, changes] of [
      ['+', gained],
      ['−', lost],
    ] as const) {
      for (const { title, source, why } of changes.slice(0, SHOWN))
        lines.push(`  ${mark} ${title} (${source}): ${why}`);
      if (changes.length > SHOWN) lines.push(`  ${mark} and ${changes.length - SHOWN} more`);
    }
  }
  return lines.join('\n');
}
