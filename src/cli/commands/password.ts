/** `deltawire password`: turns a password that is typed or piped in into a login for the config, hashed. */
import { ReadStream } from 'node:tty';
import { hashPassword } from '../../text/passwordhash.ts';
import { CommandError, type ExitCode, print } from '../output/exit.ts';

/** NIST SP 800-63B §3.1.1.2 asks for eight characters at least. */
const SHORTEST = 8;
const LONGEST_BYTES = 1_000;

export async function runPassword({ user }: { readonly user: string }): Promise<ExitCode> {
  if (user === '' || /[:\s]/.test(user)) throw new CommandError(['--user: a name without colon and blanks, please'], 2);
  const typed = process.stdin instanceof ReadStream;
  const password = typed ? await askTwice() : await readPiped();
  if (Array.from(password).length < SHORTEST)
    throw new CommandError([`a password of ${SHORTEST} characters or more, please`], 1);
  if (Buffer.byteLength(password) > LONGEST_BYTES)
    throw new CommandError([`a password of ${LONGEST_BYTES} bytes at most, please`], 1);
  await print(`${user}:${await hashPassword(password)}`);
  process.stderr.write(
    "Write this line as server.admin in settings.yaml, or as DELTAWIRE_ADMIN='…' in single quotes: a shell eats the `$` otherwise.\n",
  );
  return 0;
}

async function askTwice(): Promise<string> {
  const first = await ask('Password: ');
  const second = await ask('Again: ');
  if (first !== second) throw new CommandError(['the two differ; nothing is printed'], 1);
  return first;
}

/** One line, not shown. Raw mode, because a terminal echoes whole lines itself. */
function ask(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(prompt);
  return new Promise((done, fail) => {
    let line = '';
    const end = () => {
      stdin.off('data', take).setRawMode(false).pause();
      stderr.write('\n');
    };
    const take = (chunk: string) => {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') {
          end();
          done(line);
          return;
        }
        if (character === '\u0003' || character === '\u0004') {
          end();
          fail(new CommandError(['stopped; nothing is printed'], 1));
          return;
        }
        if (character === '\u007f' || character === '\b') line = Array.from(line).slice(0, -1).join('');
        else line += character;
      }
    };
    stdin.setRawMode(true).setEncoding('utf8').on('data', take).resume();
  });
}

/** The first line of what is piped in. */
async function readPiped(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.includes('\n') || text.length > LONGEST_BYTES) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}
