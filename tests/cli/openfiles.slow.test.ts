import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { BIN } from '../daemon/rig.ts';

const run = (limit: number, lang: string) =>
  new Promise<{ readonly code: number | string | null; readonly said: string }>((done) => {
    execFile(
      '/bin/sh',
      ['-c', `ulimit -n ${limit}; exec "$0" "$@"`, process.execPath, BIN, 'start', '--config', '/nowhere'],
      { env: { PATH: process.env['PATH'], LANG: lang } },
      (error, _stdout, said) => done({ code: error?.code ?? 0, said }),
    );
  });

it.each([
  [
    'en_US.UTF-8',
    /^deltawire: the system lets this program open 64 files, and it needs 256\. Run `ulimit -n 1024`.*\n$/,
  ],
  ['zh_CN.UTF-8', /^deltawire: 系统只允许打开 64 个文件，至少要 256 个。先运行 `ulimit -n 1024`.*\n$/],
])('says in one line what to do where it may open too few files: %s', { timeout: 60_000 }, async (lang, line) => {
  const { code, said } = await run(64, lang);
  expect(said).toMatch(line);
  expect(code).toBe(1);
  // With as many as it asks for, it comes to what the command is about.
  expect((await run(256, lang)).said).toContain('/nowhere');
});
