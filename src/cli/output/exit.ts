/** Ends of a command, for people and scripts: what went wrong in one line each, and the exit code. */
import type { Config, Fault } from '../../model/config.ts';
import type { StoredReason } from '../../model/reason.ts';
import { CONFIG_CHECKS } from '../../pipeline/checks.ts';
import { loadConfig } from '../../config/files/load.ts';
import { showFault } from '../../config/yaml/fault.ts';
import { say } from '../../reasons/render.ts';
import { escapeControls } from '../../text/terminal.ts';
import { maskMessage } from '../../text/masking.ts';
import { languageOf } from './locale.ts';

/** Exit codes: 0 done, 1 it ran and found faults, 2 wrong usage or unreadable config. */
export type ExitCode = 0 | 1 | 2;

/** A command cannot go on; each line is printed to stderr. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly lines: readonly string[];
  readonly code: ExitCode;
  constructor(lines: readonly string[], code: ExitCode) {
    super(lines.join('\n'));
    this.lines = lines;
    this.code = code;
  }
}

/** The config of a folder. Throws CommandError with all its faults. */
export async function requireConfig(folder: string): Promise<Config> {
  const loaded = await loadConfig(folder, process.env, CONFIG_CHECKS, Date.now());
  if (loaded.ok) return loaded.config;
  throw faultyConfig(loaded.faults);
}

/** Every fault on a line of its own, in the language of the locale. */
export function faultyConfig(faults: readonly Fault[]): CommandError {
  const language = languageOf(process.env);
  return new CommandError(
    faults.map((fault) => showFault(fault, language)),
    2,
  );
}

/** A reason in the language of the locale. */
export function tellReason(why: StoredReason): string {
  return say(why, languageOf(process.env));
}

/** Prints to stdout what a terminal may get, and waits where the reader is slower. */
export async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${escapeControls(line)}\n`))
    await new Promise<void>((done) => process.stdout.once('drain', () => done()));
}

/** Prints what went wrong to stderr: one line for each, without secrets. */
export function printErrors(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`deltawire: ${escapeControls(maskMessage(line))}\n`);
}
