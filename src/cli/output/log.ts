/** Opens the log: JSON lines for machines, one readable line each on a terminal. */
import { Writable } from 'node:stream';
import { type Logger, type LoggerOptions, pino } from 'pino';
import { escapeControls, oneLine } from '../../text/terminal.ts';
import { maskMessage } from '../../text/masking.ts';

const NAMES: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const HIDDEN = new Set(['level', 'time', 'msg', 'pid', 'hostname']);

/** Logs to `out`, without secrets and without what a terminal would obey. `readable`: for people instead of JSON. */
export function openLog(level: string, readable: boolean, out: NodeJS.WritableStream = process.stdout): Logger {
  const options: LoggerOptions = { level, hooks: { streamWrite: maskRecord } };
  return readable ? pino({ ...options, base: null }, lines(out)) : pino(options, out);
}

const SECRET_FIELD = /^(?:(?:proxy-)?authorization|(?:set-)?cookie|password|secret|token|.{0,40}-key)$/i;

/** A line of JSON with every text in it masked: whatever was logged, by whichever part of the program. */
function maskRecord(line: string): string {
  const record: unknown = JSON.parse(line, (name, value: unknown) => {
    if (typeof value !== 'string') return value;
    return SECRET_FIELD.test(name) ? '•••' : maskMessage(value);
  });
  return `${escapeControls(JSON.stringify(record))}\n`;
}

function lines(out: NodeJS.WritableStream): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      out.write(`${escapeControls(oneLine(readableLine(chunk.toString())))}\n`);
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
