/** `deltawire password`: turns a password that is typed or piped in into a login for the config, hashed. */
import { ReadStream } from 'node:tty';
import { reason } from '../../reasons/catalogue.ts';
import { hashPassword } from '../../text/passwordhash.ts';
import { type ExitCode, print, refuse, tellReason } from '../output/exit.ts';

/** NIST SP 800-63B §3.1.1.2 asks for eight characters at least. */
const SHORTEST = 8;
const LONGEST_BYTES = 1_000;

export async function runPassword({ user }: { readonly user: string }): Promise<ExitCode> {
  if (user === '' || /[:\s]/.test(user)) throw refuse(reason('password.user'), 2);
  const typed = process.stdin instanceof ReadStream;
  const password = typed ? await askTwice() : await readPiped();
  if (Array.from(password).length < SHORTEST) throw refuse(reason('password.short', { least: SHORTEST }));
  if (Buffer.byteLength(password) > LONGEST_BYTES) throw refuse(reason('password.long', { most: LONGEST_BYTES }));
  await print(`${user}:${await hashPassword(password)}`);
  process.stderr.write(`${tellReason(reason('password.next'))}\n`);
  return 0;
}

async function askTwice(): Promise<string> {
  const first = await ask(tellReason(reason('password.ask')));
  const second = await ask(tellReason(reason('password.ask-again')));
  if (first !== second) throw refuse(reason('password.differ'));
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
          fail(refuse(reason('password.stopped')));
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
