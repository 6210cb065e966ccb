/** The command line, where the system lets this program open as many files as it needs. */
import './cli/v8flags.ts';
import { mayOpenEnough } from './cli/openfiles.ts';

if (await mayOpenEnough()) {
  const { runCommandLine } = await import('./cli/commandline.ts');
  const { watchReaders } = await import('./cli/output/exit.ts');
  watchReaders();
  process.exitCode = await runCommandLine(process.argv.slice(2));
} else process.exitCode = 1;
