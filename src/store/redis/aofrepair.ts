/** Repairs an append-only file that Redis refuses to load, after a copy: a crash of the machine can leave garbage at its end. */
import { spawn } from 'node:child_process';
import { cp, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { reason } from '../../reasons/catalogue.ts';
import { ReasonError } from '../../reasons/whyof.ts';

const FOLDER = 'appendonlydir';
const MANIFEST = 'appendonly.aof.manifest';
const REPAIR_MS = 120_000;
const TAIL_BYTES = 65_536;
/** Refused, or a crash while it loads. */
const DAMAGE =
  /Bad file format reading the append only file|Unexpected end of file reading the append only file|loadSingleAppendOnlyFile|loadAppendOnlyFile/;

/** Whether the end of the server's log says that its append-only file is damaged. */
export async function isDamaged(logFile: string): Promise<boolean> {
  const file = await open(logFile, 'r').catch(() => null);
  if (file === null) return false;
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return DAMAGE.test(buffer.toString('latin1'));
  } finally {
    await file.close();
  }
}

/** Cuts the damaged end off. Returns where the copy lies. Throws, with the command to run, where that does not work. */
export async function repairAof(binary: string, data: string, at: Date): Promise<string> {
  const copy = join(data, `${FOLDER}.damaged-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`);
  const manifest = join(data, FOLDER, MANIFEST);
  const files: readonly string[] = await readdir(join(data, FOLDER)).catch(() => []);
  if (!files.includes(MANIFEST)) throw new ReasonError(reason('start.aof-damaged', { folder: data }));
  await cp(join(data, FOLDER), copy, { recursive: true, errorOnExist: true, force: false });
  const code = await new Promise<number | null>((done) => {
    // The server's program is the checker as well, by the name that it is called by (redis, src/server.c).
    const child = spawn(binary, ['--fix', manifest], { argv0: 'redis-check-aof', stdio: ['pipe', 'ignore', 'ignore'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), REPAIR_MS);
    child.once('error', () => done(null));
    child.once('exit', (ended) => {
      clearTimeout(timer);
      done(ended);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end('y\ny\n');
  });
  if (code !== 0) throw new ReasonError(reason('start.aof-not-repaired', { copy, manifest }));
  return copy;
}
