/** Ends of a command, for people and scripts: what went wrong in one line each, and the exit code. */
import type { Fault } from '../../model/config.ts';
import type { StoredReason } from '../../model/reason.ts';
import { showFault } from '../../config/yaml/fault.ts';
import { say } from '../../reasons/render.ts';
import { escapeControls } from '../../text/terminal.ts';
import { maskMessage } from '../../text/masking.ts';
import { spoken } from './locale.ts';

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

/** What keeps a command from going on, in the language that it speaks. */
export function refuse(why: StoredReason, code: ExitCode = 1): CommandError {
  return new CommandError([tellReason(why)], code);
}

/** Every fault on a line of its own, in the language that the command speaks. */
export function faultyConfig(faults: readonly Fault[]): CommandError {
  const language = spoken();
  return new CommandError(
    faults.map((fault) => showFault(fault, language)),
    2,
  );
}

/** A reason in the language that the command speaks. */
export function tellReason(why: StoredReason): string {
  return say(why, spoken());
}

/** Whoever read what is printed has gone, as `head` does once it has its lines: the command ends, and that is no fault. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

let isReaderGone = false;

/** Has a pipe that closes early end the command by ReaderGone, at its next line, instead of the process at once. */
export function watchReaders(): void {
  const hear = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isReaderGone = true;
  };
  process.stdout.on('error', hear);
  process.stderr.on('error', hear);
}

/** Prints to stdout what a terminal may get, and waits where the reader is slower. Throws ReaderGone. */
export async function print(line: string): Promise<void> {
  if (isReaderGone) throw new ReaderGone();
  await new Promise<void>((done) => {
    if (process.stdout.write(`${escapeControls(line)}\n`, () => done())) done();
  });
}

export async function printReason(why: StoredReason): Promise<void> {
  await print(tellReason(why));
}

/** Prints what went wrong to stderr: one line for each, without secrets. */
export function printErrors(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`deltawire: ${escapeControls(maskMessage(line))}\n`);
}
