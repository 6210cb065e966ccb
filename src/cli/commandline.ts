/** Runs one command line, and says what went wrong in the language that is spoken. */
import { CommanderError } from 'commander';
import { readLanguage, whyMisused } from './input/usage.ts';
import { CommandError, type ExitCode, printErrors, ReaderGone, tellReason } from './output/exit.ts';
import { chooseLanguage, spoken } from './output/locale.ts';
import { createProgram } from './program.ts';
import { whyOf } from '../reasons/whyof.ts';

/** What a person may mend: of the store, of files, of connections. Anything else is a defect, and shown with its place. */
function isExpected(error: unknown): boolean {
  return error instanceof Error && ('why' in error || ('code' in error && 'syscall' in error));
}

function messageWithStack(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** `given`: what was typed after the program's name. Never throws; gives the exit code. */
export async function runCommandLine(given: readonly string[]): Promise<ExitCode> {
  const { language, args, fault } = readLanguage(given);
  chooseLanguage(language);
  let code: ExitCode = 0;
  try {
    if (fault !== null) throw new CommandError([tellReason(fault)], 2);
    const program = createProgram(spoken(), (ended) => {
      code = ended;
    });
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof ReaderGone) return 0;
    if (error instanceof CommandError) {
      printErrors(error.lines);
      return error.code;
    }
    if (error instanceof CommanderError) {
      const isShown = error.code.startsWith('commander.help') || error.code === 'commander.version';
      if (!isShown) printErrors([tellReason(whyMisused(error))]);
      return error.exitCode === 0 ? 0 : 2;
    }
    printErrors([isExpected(error) ? tellReason(whyOf(error)) : messageWithStack(error)]);
    return 1;
  }
}
