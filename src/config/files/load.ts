/** Loads a config folder: one frozen Config, or every fault of every file. */
import { constants, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../../model/config.ts';
import { buildConfig, sortFaults } from '../build.ts';
import type { ConfigFiles, LoadResult } from '../build.ts';
import type { Checks } from '../schema/crosschecks.ts';
import { MAX_FILE_BYTES } from '../yaml/yamldocument.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { nearest } from '../../text/near.ts';
import { FILE_NAMES, type FileName } from '../filenames.ts';
import { show } from '../yaml/show.ts';

export { noChecks } from '../schema/crosschecks.ts';
export type { Checks } from '../schema/crosschecks.ts';
export type { LoadResult } from '../build.ts';

interface ReadFiles {
  readonly files: ConfigFiles;
  readonly faults: readonly Fault[];
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

/** Little more than `maxBytes` where there is more, so that a device or a huge file does not fill memory. */
export async function readBounded(path: string, maxBytes: number): Promise<Uint8Array> {
  // A pipe that nobody writes to would be waited for, and nothing be read any more.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    if (stat.isFIFO() || stat.isSocket()) throw Object.assign(new Error('is a pipe'), { code: 'EPIPE' });
    const chunks: Uint8Array[] = [];
    let size = 0;
    while (size <= maxBytes) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, null);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}

/** `listed`: the folder names the file. */
function unreadable(code: string, listed: boolean): Reason {
  if (code === 'EACCES' || code === 'EPERM') return reason('config.file.denied');
  if (code === 'EISDIR') return reason('config.file.folder');
  if (code === 'EPIPE') return reason('config.file.pipe');
  if (code === 'ELOOP') return reason('config.file.link-circle');
  if (code === 'ENOENT' && listed) return reason('config.file.link-lost');
  return reason('config.file.unreadable', { code });
}

/** Files of the folder that look like a mistyped config file, where that file is missing. */
function strayFaults(names: readonly string[], files: ConfigFiles): Fault[] {
  const missing = FILE_NAMES.filter((name) => !files.has(name));
  return names.flatMap((name) => {
    if (!/\.ya?ml$/i.test(name) || FILE_NAMES.some((known) => known === name)) return [];
    const meant =
      nearest(name.replace(/\.yml$/i, '.yaml'), missing) ??
      missing.find((known) => known === name.replace(/\.yml$/i, '.yaml').toLowerCase());
    if (meant === undefined) return [];
    return [{ file: name, line: 1, column: 1, why: reason('config.file.stray', { file: show(name), near: meant }) }];
  });
}

/** The four files as they are now. Never throws: what cannot be read is a fault. */
export async function readConfigFiles(folder: string): Promise<ReadFiles> {
  const files = new Map<FileName, Uint8Array>();
  const faults: Fault[] = [];
  const names = await readdir(folder).catch(() => null);
  if (names === null) {
    const why = reason('config.folder', { folder: show(folder) });
    return { files, faults: [{ file: 'sources.yaml', line: 1, column: 1, why }] };
  }
  for (const name of FILE_NAMES) {
    try {
      files.set(name, await readBounded(join(folder, name), MAX_FILE_BYTES));
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT' && !names.includes(name)) continue;
      faults.push({ file: name, line: 1, column: 1, why: unreadable(code, names.includes(name)) });
    }
  }
  const stray = strayFaults(names, files);
  faults.push(...stray);
  if (!files.has('sources.yaml') && !faults.some((fault) => fault.file === 'sources.yaml')) {
    const why = reason('config.file.missing', { folder: show(folder) });
    faults.push({ file: 'sources.yaml', line: 1, column: 1, why });
  }
  return { files, faults };
}

/**
 * Reads and checks the whole config. Environment beats settings.yaml; optional files that are not there give
 * defaults. `now` is epoch milliseconds. Never throws.
 */
export async function loadConfig(
  folder: string,
  env: NodeJS.ProcessEnv,
  checks: Checks,
  now: number,
): Promise<LoadResult> {
  const { files, faults } = await readConfigFiles(folder);
  const built = buildConfig(files, folder, env, checks, now);
  if (faults.length === 0) return built;
  return { ok: false, faults: sortFaults(built.ok ? faults : [...faults, ...built.faults]) };
}
