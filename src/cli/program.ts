/** The command line as commander reads it: every command with its options, in the language that is spoken. */
import { type Argument, Command } from 'commander';
import type { Language } from '../reasons/language.ts';
import { COMMANDS, type CommandName, HELP, type HelpWord } from './helptexts.ts';
import { columns } from './output/columns.ts';
import type { ExitCode } from './output/exit.ts';
import { VERSION } from './output/version.ts';

/** What the parts of the program share while it is put together. */
interface Making {
  readonly say: (word: HelpWord) => string;
  readonly define: (parent: Command, name: string, takesConfig?: boolean) => Command;
  readonly end: (code: ExitCode) => void;
}

/** `end` gets the exit code of the command that ran. Each command's code is loaded when it is asked for: `--help` and usage errors answer at once. */
export function createProgram(language: Language, end: (code: ExitCode) => void): Command {
  const pick = ([zh, en]: readonly [string, string]) => (language === 'zh' ? zh : en);
  const say = (word: HelpWord) => pick(HELP[word]);
  const frame = (command: Command) =>
    command
      .helpOption('-h, --help', say('help'))
      .option('--lang <zh|en>', say('lang'))
      .addHelpText('after', () => examplesOf(nameOf(command), language));
  const define = (parent: Command, name: string, takesConfig = true): Command => {
    const command = parent.command(name);
    command.description(pick(COMMANDS[nameOf(command) as CommandName].about));
    if (takesConfig) command.option(`--config <${say('aFolder')}>`, say('config'), 'config');
    return frame(command);
  };
  const program = new Command('deltawire')
    .description(say('program'))
    .version(VERSION, '-V, --version', say('version'))
    .helpCommand(`help [${say('aCommand')}]`, say('helpOf'))
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({
      displayWidth: columns,
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(shapeOf)].join(' '),
      styleTitle: (title) => TITLES[title]?.(say) ?? title,
      styleUsage: (usage) => usage.replace('[options]', say('usageOptions')).replace('[command]', say('usageCommand')),
      optionDescription: ({ description, defaultValue }) => withDefault(description, defaultValue, say),
      argumentDescription: ({ description, defaultValue }) => withDefault(description, defaultValue, say),
    });
  frame(program);
  const making = { say, define, end };
  program.commandsGroup(say('running'));
  addRunning(program, making);
  program.commandsGroup(say('newsroom'));
  addNewsroom(program, making);
  addArranging(program, making);
  program.commandsGroup(say('sources'));
  addSources(program, making);
  return program;
}

function shapeOf(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** Headings that commander writes by itself. */
const TITLES: Readonly<Record<string, (say: Making['say']) => string>> = {
  'Usage:': (say) => say('usage'),
  'Arguments:': (say) => say('arguments'),
  'Options:': (say) => say('options'),
  'Commands:': (say) => say('commands'),
};

function withDefault(description: string, value: unknown, say: Making['say']): string {
  if (typeof value !== 'string') return description;
  const separator = say('byDefault').startsWith('（') ? '' : ' ';
  return `${description}${separator}${say('byDefault').replace('{value}', value)}`;
}

/** `story split`: the words that are typed after the program's name. */
export function nameOf(command: Command): string {
  const names: string[] = [];
  for (let one: Command | null = command; one?.parent; one = one.parent) names.unshift(one.name());
  return names.join(' ');
}

function examplesOf(name: string, language: Language): string {
  const { examples } = Object.hasOwn(COMMANDS, name) ? COMMANDS[name as CommandName] : { examples: [] };
  if (examples.length === 0) return '';
  const [zh, en] = HELP.examples;
  const widest = Math.max(...examples.map(([line]) => columns(line)));
  const lines = examples.map(
    ([line, inChinese, inEnglish]) =>
      `  ${line}${' '.repeat(widest - columns(line))}  # ${language === 'zh' ? inChinese : inEnglish}`,
  );
  return `\n${language === 'zh' ? zh : en}\n${lines.join('\n')}`;
}

function addRunning(program: Command, { say, define, end }: Making): void {
  define(program, 'start')
    .option(`--role <${say('aRole')}>`, say('role'), 'all')
    .option('--behind-proxy', say('behindProxy'), false)
    .action(async (options: { config: string; role: string; behindProxy: boolean }) =>
      end(await (await import('./commands/start.ts')).runStart(options)),
    );
  define(program, 'demo').action(async () => end(await (await import('./commands/demo.ts')).runDemo()));
  define(program, 'init', false)
    .argument(`[${say('aFolder')}]`, say('config'), 'config')
    .action(async (folder: string) => end(await (await import('./commands/init.ts')).runInit(folder)));
  define(program, 'check')
    .option('--fetch', say('fetch'), false)
    .option('--fix', say('fixMoves'), false)
    .action(async (options: { config: string; fetch: boolean; fix: boolean }) =>
      end(await (await import('./commands/check.ts')).runCheck(options)),
    );
  define(program, 'doctor')
    .option('--fix', say('fixRecords'), false)
    .action(async (options: { config: string; fix: boolean }) =>
      end(await (await import('./commands/doctor.ts')).runDoctor(options)),
    );
  define(program, 'backup')
    .argument(`<${say('aFile')}>`, say('backupFile'))
    .action(async (file: string, options: { config: string }) =>
      end(await (await import('./commands/backup.ts')).runBackup(file, options)),
    );
  define(program, 'restore')
    .argument(`<${say('aFile')}>`, say('restoreFile'))
    .option('--replace', say('replace'), false)
    .action(async (file: string, options: { config: string; replace: boolean }) =>
      end(await (await import('./commands/backup.ts')).runRestore(file, options)),
    );
  define(program, 'password', false)
    .option(`--user <${say('aName')}>`, say('user'), 'admin')
    .action(async (options: { user: string }) =>
      end(await (await import('./commands/password.ts')).runPassword(options)),
    );
  define(program, 'completion', false)
    .argument(`<${say('aShell')}>`, say('shell'))
    .action(async (shell: string) =>
      end(await (await import('./commands/completion.ts')).runCompletion(shell, program)),
    );
}

function addNewsroom(program: Command, { say, define, end }: Making): void {
  define(program, 'try')
    .argument(`[${say('aDocument')}...]`, say('what'))
    .option('--json', say('jsonLines'), false)
    .option(`--items <${say('aFile')}>`, say('items'))
    .option(`--stage <${say('aStage')}>`, say('stage'))
    .action(async (what: string[], options: { config: string; json: boolean; items?: string; stage?: string }) =>
      end(await (await import('./commands/try.ts')).runTry(what, options)),
    );
  define(program, 'poll')
    .argument(`[${say('aSource')}]`, say('sourceId'))
    .option('--all', say('allSources'), false)
    .action(async (source: string | undefined, options: { config: string; all: boolean }) =>
      end(await (await import('./commands/poll.ts')).runPollNow({ ...options, source })),
    );
  define(program, 'why')
    .argument(`<${say('anEntry')}>`, say('entry'))
    .option(`--edition <${say('anEdition')}>`, say('editionOnly'))
    .option('--json', say('json'), false)
    .action(async (entry: string, options: { config: string; edition?: string; json: boolean }) =>
      end(await (await import('./commands/why.ts')).runWhy(entry, options)),
    );
  define(program, 'explain')
    .argument(`<${say('anEntry')}...>`, say('entries'))
    .action(async (entries: string[], options: { config: string }) =>
      end(await (await import('./commands/explain.ts')).runExplain(entries, options)),
    );
  define(program, 'replay')
    .option(`--stories <${say('aNumber')}>`, say('newest'), '10000')
    .option('--json', say('json'), false)
    .action(async (options: { config: string; stories: string; json: boolean }) =>
      end(await (await import('./commands/replay.ts')).runReplay(options)),
    );
}

function addArranging(program: Command, { say, define, end }: Making): void {
  define(program, 'withdraw')
    .argument(`<${say('aStory')}>`, say('withdrawn'))
    .option(`--reason <${say('aReason')}>`, say('why'))
    .option('--undo', say('undo'), false)
    .action(async (what: string, options: { config: string; reason?: string; undo: boolean }) =>
      end(await (await import('./commands/story.ts')).runWithdraw(what, options)),
    );
  const story = define(program, 'story', false);
  define(story, 'split')
    .argument(`<${say('anEntry')}>`, say('splitEntry'))
    .action(async (entry: string, options: { config: string }) =>
      end(await (await import('./commands/story.ts')).runStorySplit(entry, options)),
    );
  define(story, 'join')
    .argument(`<${say('aTarget')}>`, say('into'))
    .argument(`<${say('aStory')}>`, say('joined'))
    .action(async (into: string, other: string, options: { config: string }) =>
      end(await (await import('./commands/story.ts')).runStoryJoin(into, other, options)),
    );
}

function addSources(program: Command, { say, define, end }: Making): void {
  const source = define(program, 'source', false);
  define(source, 'add')
    .argument(`<${say('anAddress')}>`, say('address'))
    .option(`--id <${say('anId')}>`, say('newId'))
    .option('--yes', say('yes'), false)
    .action(async (url: string, options: { config: string; id?: string; yes: boolean }) =>
      end(await (await import('./commands/source.ts')).runSourceAdd(url, options)),
    );
  const opml = define(program, 'opml', false);
  define(opml, 'import')
    .argument(`<${say('aFile')}>`, say('opmlFile'))
    .action(async (file: string, options: { config: string }) =>
      end(await (await import('./commands/opml.ts')).runOpmlImport(file, options)),
    );
  define(opml, 'export')
    .option('--editions', say('editions'), false)
    .option('--sources', say('enabledSources'), false)
    .action(async (options: { config: string; editions: boolean; sources: boolean }) =>
      end(await (await import('./commands/opml.ts')).runOpmlExport(options)),
    );
}
