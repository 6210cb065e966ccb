/** `deltawire poll`: asks the running daemon to poll now. */
import { reason } from '../../reasons/catalogue.ts';
import { spoken } from '../output/locale.ts';
import { isPasswordHash } from '../../text/passwordhash.ts';
import { requireConfig } from '../input/requireconfig.ts';
import { type ExitCode, printReason, refuse } from '../output/exit.ts';

export async function runPollNow(options: {
  readonly config: string;
  readonly source: string | undefined;
  readonly all: boolean;
}): Promise<ExitCode> {
  if ((options.source === undefined) !== options.all) throw refuse(reason('ask.which'), 2);
  const { server } = (await requireConfig(options.config)).settings;
  const host = server.host === '0.0.0.0' || server.host === '::' ? '127.0.0.1' : server.host;
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`;
  const query = options.source === undefined ? '' : `?source=${encodeURIComponent(options.source)}`;
  const { admin } = server;
  if (admin !== null && isPasswordHash(admin.password)) throw refuse(reason('ask.hashed', { user: admin.user }), 2);
  const headers = {
    'accept-language': spoken(),
    ...(admin !== null && {
      authorization: `Basic ${Buffer.from(`${admin.user}:${admin.password}`).toString('base64')}`,
    }),
  };
  let response: Response;
  try {
    response = await fetch(`${base}/api/poll${query}`, { method: 'POST', headers });
  } catch {
    throw refuse(reason('ask.no-daemon', { address: base }));
  }
  const answer = (await response.json().catch(() => ({}))) as { jobs?: number; error?: string; message?: string };
  if (response.status !== 202) {
    const { status } = response;
    const said = answer.message ?? answer.error;
    throw refuse(said === undefined ? reason('ask.failed', { status }) : reason('ask.refused', { status, said }));
  }
  await printReason(reason('ask.asked', { polls: answer.jobs ?? 0 }));
  return 0;
}
