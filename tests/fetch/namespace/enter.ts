/** Runs a program in a network of its own, in which every address there is belongs to this machine. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOSTS, OWN } from './cases.ts';

// Routes of type local: a server on all addresses then hears of a connection to any address, as if each had a machine.
const NETWORK = [
  'ip link set lo up',
  'ip -4 route add local 0.0.0.0/0 dev lo',
  'ip -6 route add local ::/0 dev lo',
  // These alone are addresses of an interface.
  ...OWN.map((address) => `ip addr add ${address} dev lo`),
].join(' && ');

export interface Way {
  /** Arguments of unshare; null where none is allowed. */
  readonly unshare: readonly string[] | null;
  /** Why not. */
  readonly reason: string;
}

/** How this machine lets itself into a new network: as any user, or as root where user namespaces are forbidden. */
export function findWay(): Way {
  const ways = [
    ['--user', '--map-root-user', '--net', '--mount'],
    ['--net', '--mount'],
  ];
  let reason = '';
  for (const unshare of ways)
    try {
      execFileSync('unshare', [...unshare, 'sh', '-c', `${NETWORK} && mount --bind /etc/hosts /etc/hosts`], {
        stdio: 'pipe',
      });
      return { unshare, reason };
    } catch (error) {
      const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
      reason = said === '' ? String(error) : said;
    }
  return { unshare: null, reason: reason.split('\n')[0] ?? '' };
}

/** Runs the module there with the namespace's own names, and returns what it wrote. Rejects where it fails. */
export async function runInside(unshare: readonly string[], module: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deltawire-test-'));
  const files = { hosts: HOSTS, 'resolv.conf': 'nameserver 127.0.0.1\n', 'nsswitch.conf': 'hosts: files dns\n' };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  // What a machine does not have defaults to the same.
  const mounts = Object.keys(files).map(
    (name) => `{ [ ! -e /etc/${name} ] || mount --bind "$0/${name}" /etc/${name}; }`,
  );
  const script = `${NETWORK} && ${mounts.join(' && ')} && exec "$@"`;
  const command = [process.execPath, '--import', 'tsx', module];
  const child = spawn('unshare', [...unshare, 'sh', '-c', script, folder, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (output += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece));
  try {
    const code = await new Promise<number | null>((done, fail) => child.once('close', done).once('error', fail));
    if (code !== 0) throw new Error(`the program in the namespace ended with ${code}:\n${errors}`);
    return output;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
