/** Opens the log: JSON lines for machines, one readable line each on a terminal. */
import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';

const NAMES: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const HIDDEN = new Set(['level', 'time', 'msg', 'pid', 'hostname']);

/** Logs to stdout. `readable`: for people instead of JSON. */
export function openLog(level: string, readable: boolean): Logger {
  return readable ? pino({ level, base: null }, lines(process.stdout)) : pino({ level });
}

function lines(out: NodeJS.WritableStream): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      out.write(`${readableLine(chunk.toString())}\n`);
      done();
    },
  });
}

/** `21:14:05 warn  poll failed  source=x error="…"`. */
function readableLine(json: string): string {
  const record = JSON.parse(json) as Record<string, unknown>;
  const time = new Date(Number(record['time'])).toTimeString().slice(0, 8);
  const level = (NAMES[Number(record['level'])] ?? '').padEnd(5);
  const rest = Object.entries(record)
    .filter(([name]) => !HIDDEN.has(name))
    .map(
      ([name, value]) =>
        `${name}=${typeof value === 'string' && /^[\w.:/-]+$/.test(value) ? value : JSON.stringify(value)}`,
    );
  return [time, level, text(record['msg']), ...rest].join(' ');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
