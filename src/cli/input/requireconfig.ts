/** Reads the config for a command; the daemon, which does so in a thread, has no use for what this loads. */
import { loadConfig } from '../../config/files/load.ts';
import type { Config } from '../../model/config.ts';
import { CONFIG_CHECKS } from '../../pipeline/checks.ts';
import { faultyConfig } from '../output/exit.ts';

/** The config of a folder. Throws CommandError with all its faults. */
export async function requireConfig(folder: string): Promise<Config> {
  const loaded = await loadConfig(folder, process.env, CONFIG_CHECKS, Date.now());
  if (loaded.ok) return loaded.config;
  throw faultyConfig(loaded.faults);
}
