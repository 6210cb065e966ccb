/** The command line. */
import { Command, CommanderError } from 'commander';
import { CommandError, type ExitCode, printErrors } from './cli/output/exit.ts';
import { VERSION } from './cli/output/version.ts';

// Each command's code is loaded when it is asked for: `--help` and usage errors answer at once.
const program = new Command('deltawire')
  .description(
    'Regional Chinese news as feeds: polls, cleans, folds copies into one story, keeps what concerns the regions of its editions.',
  )
  .version(VERSION)
  .exitOverride();

const withConfig = (command: Command) => command.option('--config <folder>', 'config folder', 'config');

withConfig(program.command('start'))
  .description('run the daemon until SIGTERM or SIGINT')
  .option('--role <role>', 'all, scheduler, worker or web', 'all')
  .option('--behind-proxy', 'a reverse proxy stands before it: the desk asks for its login on loopback too', false)
  .action(async (options: { config: string; role: string; behindProxy: boolean }) =>
    end(await (await import('./cli/commands/start.ts')).runStart(options)),
  );

withConfig(program.command('demo'))
  .description('run the whole daemon on bundled sample sources: no internet, no settings')
  .action(async () => end(await (await import('./cli/commands/demo.ts')).runDemo()));

withConfig(program.command('check'))
  .description('validate the config: every fault with its place')
  .option('--fetch', 'also poll every enabled source once', false)
  .option('--fix', 'write the new addresses of sources that moved for good into sources.yaml', false)
  .action(async (options: { config: string; fetch: boolean; fix: boolean }) =>
    end(await (await import('./cli/commands/check.ts')).runCheck(options)),
  );

withConfig(program.command('try'))
  .description('take documents through every stage in this process, without Redis, and print what each made of them')
  .argument('[what...]', 'source ids, addresses or files')
  .option('--json', 'one JSON object a line', false)
  .option('--items <file>', 'items instead of documents: one JSON object a line')
  .option('--stage <stage>', 'stop after this stage: parse')
  .action(async (what: string[], options: { config: string; json: boolean; items?: string; stage?: string }) =>
    end(await (await import('./cli/commands/try.ts')).runTry(what, options)),
  );

withConfig(program.command('doctor'))
  .description('say what is wrong with store, disk, network, clock, config and workers, and what to do')
  .option('--fix', 'mend stored records that cannot be read, or set them aside', false)
  .action(async (options: { config: string; fix: boolean }) =>
    end(await (await import('./cli/commands/doctor.ts')).runDoctor(options)),
  );

withConfig(program.command('poll'))
  .description('ask the running daemon to poll now')
  .argument('[source]', 'source id')
  .option('--all', 'every enabled source', false)
  .action(async (source: string | undefined, options: { config: string; all: boolean }) =>
    end(await (await import('./cli/commands/poll.ts')).runPollNow({ ...options, source })),
  );

withConfig(program.command('explain'))
  .description('where an entry stands now, and from the ledger what was decided on it, by which rule and evidence')
  .argument('<entry...>', 'addresses or ids of entries')
  .action(async (entries: string[], options: { config: string }) =>
    end(await (await import('./cli/commands/explain.ts')).runExplain(entries, options)),
  );

withConfig(program.command('why'))
  .description('in which editions an entry is now, on which page, and what keeps it out of the others')
  .argument('<entry>', 'address, id or words of the title of an entry')
  .option('--edition <id>', 'this edition only')
  .option('--json', 'one JSON object', false)
  .action(async (entry: string, options: { config: string; edition?: string; json: boolean }) =>
    end(await (await import('./cli/commands/why.ts')).runWhy(entry, options)),
  );

withConfig(program.command('replay'))
  .description('run another config over the stored entries and print what each edition would gain and lose')
  .option('--stories <n>', 'newest stories at most', '10000')
  .option('--json', 'one JSON object', false)
  .action(async (options: { config: string; stories: string; json: boolean }) =>
    end(await (await import('./cli/commands/replay.ts')).runReplay(options)),
  );

program
  .command('password')
  .description('read a password, and print the login with its hash, to write as server.admin or DELTAWIRE_ADMIN')
  .option('--user <name>', 'name of the user', 'admin')
  .action(async (options: { user: string }) =>
    end(await (await import('./cli/commands/password.ts')).runPassword(options)),
  );

const source = program.command('source').description('the sources of the config');
withConfig(source.command('add'))
  .description('look at an address, find the feed or the page of news to poll, and propose a block')
  .argument('<url>', 'address of a site, a channel or a feed; a bare host will do')
  .option('--id <id>', 'id of the source; default: from its address')
  .option('--yes', 'write the block into sources.yaml', false)
  .action(async (url: string, options: { config: string; id?: string; yes: boolean }) =>
    end(await (await import('./cli/commands/source.ts')).runSourceAdd(url, options)),
  );

program
  .command('init')
  .description('write a commented config into a folder')
  .argument('[folder]', 'config folder', 'config')
  .action(async (folder: string) => end(await (await import('./cli/commands/init.ts')).runInit(folder)));

withConfig(program.command('backup'))
  .description('write the store and the config into one file (tar.gz), also while the daemon runs')
  .argument('<file>', 'file to write')
  .action(async (file: string, options: { config: string }) =>
    end(await (await import('./cli/commands/backup.ts')).runBackup(file, options)),
  );
withConfig(program.command('restore'))
  .description('put a backup in the place of the store and the config; the daemon must not run')
  .argument('<file>', 'file that `backup` wrote')
  .option('--replace', 'replace what is there, after a backup of it', false)
  .action(async (file: string, options: { config: string; replace: boolean }) =>
    end(await (await import('./cli/commands/backup.ts')).runRestore(file, options)),
  );

const story = program.command('story').description('stories, arranged by hand');
withConfig(story.command('split'))
  .description('take an entry out of its story, for good')
  .argument('<entry>', 'address or id of the entry')
  .action(async (entry: string, options: { config: string }) =>
    end(await (await import('./cli/commands/story.ts')).runStorySplit(entry, options)),
  );
withConfig(story.command('join'))
  .description('make one story a part of another, for good')
  .argument('<into>', 'id of the story that stays')
  .argument('<story>', 'id of the story that becomes part of it')
  .action(async (into: string, other: string, options: { config: string }) =>
    end(await (await import('./cli/commands/story.ts')).runStoryJoin(into, other, options)),
  );

withConfig(program.command('withdraw'))
  .description('take a story or an entry out of every edition, for good, or back with --undo')
  .argument('<what>', 'id of a story, or address or id of an entry')
  .option('--reason <text>', 'why; it stands in the ledger')
  .option('--undo', 'publish it again', false)
  .action(async (what: string, options: { config: string; reason?: string; undo: boolean }) =>
    end(await (await import('./cli/commands/story.ts')).runWithdraw(what, options)),
  );

const opml = program.command('opml').description('subscription lists');
withConfig(opml.command('import'))
  .description('add the feeds of an OPML file to sources.yaml')
  .argument('<file>', 'OPML file')
  .action(async (file: string, options: { config: string }) =>
    end(await (await import('./cli/commands/opml.ts')).runOpmlImport(file, options)),
  );
withConfig(opml.command('export'))
  .description('print an OPML list of the editions (default) or of the sources')
  .option('--editions', 'the published editions', false)
  .option('--sources', 'the enabled sources', false)
  .action(async (options: { config: string; editions: boolean; sources: boolean }) =>
    end(await (await import('./cli/commands/opml.ts')).runOpmlExport(options)),
  );

function end(code: ExitCode): void {
  process.exitCode = code;
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommandError) {
    printErrors(error.lines);
    process.exitCode = error.code;
  } else if (error instanceof CommanderError) {
    // commander has printed its own line; help and version are no faults.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    printErrors([error instanceof Error ? (error.stack ?? error.message) : String(error)]);
    process.exitCode = 1;
  }
}
