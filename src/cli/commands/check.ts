/** `deltawire check`: says of the config that it is whole, or every fault; with `--fetch` polls every source once, with `--fix` follows those that moved. */
import { reason } from '../../reasons/catalogue.ts';
import type { Config } from '../../model/config.ts';
import { requireConfig } from '../input/requireconfig.ts';
import { type ExitCode, printReason } from '../output/exit.ts';

export async function runCheck(options: {
  readonly config: string;
  readonly fetch: boolean;
  readonly fix?: boolean | undefined;
}): Promise<ExitCode> {
  const config = await requireConfig(options.config);
  const enabled = config.sources.filter((source) => source.enabled);
  const counts = { sources: config.sources.length, enabled: enabled.length, editions: config.editions.length };
  await printReason(reason('check.whole', { folder: options.config, version: config.version, ...counts }));
  const fixed = options.fix === true ? await fix(options.config, config) : 0;
  const fetched = options.fetch ? await (await import('./fetchall.ts')).fetchAll(config, enabled) : 0;
  return fixed === 0 ? fetched : fixed;
}

async function fix(folder: string, config: Config): Promise<ExitCode> {
  const { findMoves, fixMoves } = await import('./fix.ts');
  return fixMoves(folder, await findMoves(config));
}
