/** Holds that help, completion and what is said of wrong usage are Chinese throughout, or English throughout. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type Command, CommanderError } from 'commander';
import { describe, expect, it, test, vi } from 'vitest';
import { runCompletion } from '../../src/cli/commands/completion.ts';
import { COMMANDS, HELP } from '../../src/cli/helptexts.ts';
import { readLanguage, whyMisused } from '../../src/cli/input/usage.ts';
import { createProgram, nameOf } from '../../src/cli/program.ts';
import { say } from '../../src/reasons/render.ts';
import { englishIn } from '../support/reasons.ts';

const CHINESE = /[\u4e00-\u9fff]/;

const every = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(every)];

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (piece) => (text += piece) });
  command.outputHelp();
  return text;
}

/** Without the lines of examples that are to be typed. */
const prose = (help: string) => help.replaceAll(/^ {2}.*?# /gm, '');

const names = every(createProgram('en', () => undefined)).map(nameOf);

describe.each(names)('help of `deltawire %s`', (name) => {
  const find = (language: 'zh' | 'en') =>
    every(createProgram(language, () => undefined)).find((one) => nameOf(one) === name) as Command;

  it('is Chinese', () => {
    const text = prose(helpOf(find('zh')));
    expect(text).toMatch(CHINESE);
    expect(englishIn(text)).toEqual([]);
    expect(text).not.toMatch(/Usage|Options|default|\[options\]|\[command\]/);
  });

  it('is English', () => {
    expect(prose(helpOf(find('en')))).not.toMatch(CHINESE);
  });

  it('shows how it is typed', () => {
    const { examples } = COMMANDS[name as keyof typeof COMMANDS] ?? { examples: [] };
    for (const [line] of examples) {
      expect(line).toContain(`deltawire ${name}`);
      expect(helpOf(find('zh'))).toContain(line);
    }
    expect(examples.length > 0 || find('en').commands.length > 0).toBe(true);
  });
});

it('English in Chinese help, and Chinese in English help, would be found', () => {
  expect(englishIn(prose(helpOf(createProgram('en', () => undefined))))).not.toEqual([]);
  expect(prose(helpOf(createProgram('zh', () => undefined)))).toMatch(CHINESE);
});

it('every row of the texts is said', () => {
  expect(names.filter((name) => name !== '').toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
  const source = readFileSync(new URL('../../src/cli/program.ts', import.meta.url), 'utf8');
  expect(Object.keys(HELP).filter((word) => !source.includes(`say('${word}')`) && word !== 'examples')).toEqual([]);
});

describe('wrong usage', () => {
  async function misuse(...args: string[]): Promise<readonly [string, string]> {
    const program = createProgram('en', () => undefined);
    const error: unknown = await program.parseAsync(args, { from: 'user' }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof CommanderError)) throw new Error(`${args.join(' ')} is no misuse`);
    return [say(whyMisused(error), 'zh'), say(whyMisused(error), 'en')];
  }

  test.each([
    [['strat'], '没有 `strat` 这个命令，是不是 `start`？', 'unknown command `strat`; did you mean `start`?'],
    [['check', '--fox'], '没有 `--fox` 这个选项，是不是 `--fix`？', 'unknown option `--fox`; did you mean `--fix`?'],
    [['check', '--zzzz'], '没有 `--zzzz` 这个选项', 'unknown option `--zzzz`'],
    [['why'], '缺少 `<entry>`', 'missing `<entry>`'],
    [['try', '--items'], '选项 `--items <file>` 后面缺少值', 'the option `--items <file>` needs a value'],
    [['check', 'a', 'b'], '参数太多：应有 0 个，给了 2 个', 'too many arguments: expected 0, got 2'],
  ])('%j', async (args, zh, en) => {
    expect(await misuse(...args)).toEqual([zh, en]);
  });
});

describe('--lang', () => {
  test.each([
    [['--lang', 'zh', 'check'], 'zh', ['check']],
    [['check', '--lang=en', '--fix'], 'en', ['check', '--fix']],
    [['check'], null, ['check']],
    [['try', '--', '--lang', 'zh'], null, ['try', '--', '--lang', 'zh']],
  ])('%j', (given, language, args) => {
    expect(readLanguage(given)).toEqual({ language, args, fault: null });
  });

  it('names what it takes', () => {
    const { fault } = readLanguage(['--lang', 'fr']);
    expect(fault && say(fault, 'en')).toBe('--lang fr: expected zh or en');
    expect(readLanguage(['check', '--lang']).fault?.code).toBe('usage.missing-value');
  });
});

describe('completion', () => {
  async function scriptFor(shell: string): Promise<string> {
    let text = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
      text += String(piece);
      return true;
    });
    await runCompletion(
      shell,
      createProgram('zh', () => undefined),
    );
    write.mockRestore();
    return text;
  }

  test.each([
    [['deltawire', 'st'], 'start story'],
    [['deltawire', 'story', ''], 'split join help --lang --help'],
    [['deltawire', 'story', 'split', '--c'], '--config'],
    [['deltawire', 'start', '--role', 'w'], 'worker web'],
    [['deltawire', '--config', 'x', 'opml', 'e'], 'export'],
    [['deltawire', 'completion', ''], 'bash zsh fish --lang --help'],
  ])('bash completes %j', async (words, offered) => {
    const ask = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _deltawire; echo "\${COMPREPLY[*]}"`;
    const script = `${await scriptFor('bash')}\n${ask}`;
    expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim()).toBe(offered);
  });

  it('fish and zsh get every command, and another shell is refused', async () => {
    for (const shell of ['fish', 'zsh']) {
      const script = await scriptFor(shell);
      for (const name of names) expect(script).toContain(name.split(' ').at(-1));
    }
    expect(await scriptFor('fish')).toMatch(/-a check -d '检查配置/);
    await expect(scriptFor('tcsh')).rejects.toThrow(/bash/);
  });
});
