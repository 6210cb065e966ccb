/** The command line. */
import { runCommandLine } from './cli/commandline.ts';
import { watchReaders } from './cli/output/exit.ts';

watchReaders();
process.exitCode = await runCommandLine(process.argv.slice(2));
