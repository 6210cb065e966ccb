/** Writes files so that a reader, or a start after a crash, finds the old one or the new one, and never a part. */
import { randomBytes } from 'node:crypto';
import { chmod, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Of a file's draft beside it, which stays where its process is killed: `.name.0123456789ab.tmp`. */
export const DRAFT = /^\..*\.tmp$/;

/** Replaces `file`, or makes it with the permissions `mode`. Rejects, and leaves what stood there, where it cannot be written. */
export async function writeWhole(file: string, content: string | Uint8Array, mode: number): Promise<void> {
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const opened = await open(draft, 'wx', mode);
    try {
      await opened.writeFile(content);
      await opened.sync();
    } finally {
      await opened.close();
    }
    // The process's umask may have taken some away.
    await chmod(draft, mode);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
