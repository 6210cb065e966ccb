/** `deltawire poll`: asks the running daemon to poll now. */
import { isPasswordHash } from '../../text/passwordhash.ts';
import { CommandError, type ExitCode, print, requireConfig } from '../output/exit.ts';

export async function runPollNow(options: {
  readonly config: string;
  readonly source: string | undefined;
  readonly all: boolean;
}): Promise<ExitCode> {
  if ((options.source === undefined) !== options.all) throw new CommandError(['give one source id, or --all'], 2);
  const { server } = (await requireConfig(options.config)).settings;
  const host = server.host === '0.0.0.0' || server.host === '::' ? '127.0.0.1' : server.host;
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`;
  const query = options.source === undefined ? '' : `?source=${encodeURIComponent(options.source)}`;
  const { admin } = server;
  if (admin !== null && isPasswordHash(admin.password))
    throw new CommandError(
      [`the config holds a hash of ${admin.user}'s password: run with DELTAWIRE_ADMIN='${admin.user}:<password>'`],
      2,
    );
  const headers: Record<string, string> =
    admin === null
      ? {}
      : { authorization: `Basic ${Buffer.from(`${admin.user}:${admin.password}`).toString('base64')}` };
  let response: Response;
  try {
    response = await fetch(`${base}/api/poll${query}`, { method: 'POST', headers });
  } catch {
    throw new CommandError([`no daemon answers on ${base}: is it running?`], 1);
  }
  const answer = (await response.json().catch(() => ({}))) as { jobs?: number; error?: string; message?: string };
  if (response.status !== 202)
    throw new CommandError([`${response.status}: ${answer.message ?? answer.error ?? response.statusText}`], 1);
  await print(`${answer.jobs ?? 0} ${answer.jobs === 1 ? 'poll' : 'polls'} asked for`);
  return 0;
}
