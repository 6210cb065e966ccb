/** Writes config files, and is the only place that does: whole or not at all, links and modes kept, the old text in backups. */
import { createHash } from 'node:crypto';
import { access, constants, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { writeWhole } from '../../text/wholefile.ts';
import type { FileName } from '../filenames.ts';

/** Folder within the config folder that keeps the files as they were before each change. */
const BACKUPS = 'backups';
const MAX_BACKUPS = 50;

export interface FileText {
  readonly name: FileName;
  /** Empty where the file is not there. */
  readonly text: string;
  /** Hex SHA-256 of its bytes; tells whether someone else changed it meanwhile. */
  readonly hash: string;
}

export type Saved =
  /** `backup`: path of the old file within the config folder; null where there was none. */
  | { readonly ok: true; readonly backup: string | null; readonly hash: string }
  | { readonly ok: false; readonly reason: 'changed' }
  | { readonly ok: false; readonly reason: 'failed'; readonly why: Reason };

const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** One file as it is on disk now. Throws where it is there and cannot be read. */
export async function readConfigText(folder: string, name: FileName): Promise<FileText> {
  const bytes = await readFile(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  return { name, text: bytes.toString('utf8'), hash: hashOf(bytes) };
}

/** The save under way, after which the next begins: two at once could both find the hash that they were given. */
let lastSave: Promise<unknown> = Promise.resolve();

/**
 * Puts `text` in the file's place if the file is still the one with this hash. Changes of one process wait for one
 * another. Never throws.
 */
export function saveConfigText(
  folder: string,
  name: FileName,
  text: string,
  hash: string,
  now: number,
): Promise<Saved> {
  const saved = lastSave
    .then(() => save(folder, name, text, hash, now))
    .catch((error: NodeJS.ErrnoException): Saved => ({ ok: false, reason: 'failed', why: failureOf(error, folder) }));
  lastSave = saved;
  return saved;
}

function failureOf({ code = 'unknown', message: said }: NodeJS.ErrnoException, folder: string): Reason {
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return reason('config.save.denied', { folder, code });
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? reason('config.save.disk-full', { said })
    : reason('config.save.failed', { code, said });
}

/** `backup`: path of the old file within the config folder; null where there was none. `why`: what stands in the way. */
export type Rewritten =
  | { readonly ok: true; readonly backup: string | null }
  | { readonly ok: false; readonly why: Reason };

/** saveConfigText for the command line, which tells a person what went wrong. */
export async function replaceConfigText(
  ...[folder, name, text, hash, now]: Parameters<typeof saveConfigText>
): Promise<Rewritten> {
  const saved = await saveConfigText(folder, name, text, hash, now);
  if (saved.ok) return { ok: true, backup: saved.backup };
  const why =
    saved.reason === 'changed'
      ? reason('config.save.changed', { file: name })
      : reason('config.save.in-file', { file: name, why: saved.why });
  return { ok: false, why };
}

/** Why files cannot be changed in this folder by this process; null where they can. */
export async function folderLock(folder: string): Promise<Reason | null> {
  try {
    await access(folder, constants.W_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const shown = { folder: resolve(folder) };
    if (code === 'EROFS') return reason('config.save.mounted-read-only', shown);
    return reason('config.save.not-ours', { ...shown, user: String(process.getuid?.() ?? '?') });
  }
}

async function save(folder: string, name: FileName, text: string, hash: string, now: number): Promise<Saved> {
  const before = await readConfigText(folder, name);
  if (before.hash !== hash) return { ok: false, reason: 'changed' };
  // A link is followed, so that a file kept elsewhere (dotfiles, a mounted volume) stays a link.
  const target = await realpath(join(folder, name)).catch(() => join(folder, name));
  const backup = before.text === '' ? null : await keep(folder, name, before.text, now);
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o600,
  );
  await writeWhole(target, text, mode);
  return { ok: true, backup, hash: hashOf(text) };
}

async function keep(folder: string, name: FileName, text: string, now: number): Promise<string> {
  const backups = join(folder, BACKUPS);
  await mkdir(backups, { recursive: true });
  const stamp = new Date(now).toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 19);
  const file = `${name.replace('.yaml', '')}-${stamp}.yaml`;
  await writeFile(join(backups, file), text, { mode: 0o600 });
  const own = (await readdir(backups)).filter((one) => one.startsWith(`${name.replace('.yaml', '')}-`)).sort();
  for (const old of own.slice(0, -MAX_BACKUPS)) await rm(join(backups, old), { force: true });
  return join(BACKUPS, file);
}
