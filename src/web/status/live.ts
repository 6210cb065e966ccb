/** Tells open pages of changes by server-sent events, so that they fetch themselves again. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { SAFETY_HEADERS } from '../http/safetyheaders.ts';
import type { Status } from './gather.ts';

export const LIVE_PATH = '/status/live';

/** One look serves all who are connected; a busy daemon changes all the time, and its pages need not. */
const LOOK_MS = 2_000;
/** Proxies close what is silent for a minute or less. */
const BEAT_MS = 15_000;
const MAX_STREAMS = 200;

/** An event says only that there is something new (its id names the state): the page itself asks what, as anyone does. */
export function serveLive(app: FastifyInstance, readStatus: () => Promise<Status>): void {
  const streams = new Set<ServerResponse>();
  let last = '';
  let timer: NodeJS.Timeout | undefined;
  let beatAt = 0;

  app.get(LIVE_PATH, async (request, reply) => {
    if (streams.size >= MAX_STREAMS)
      return reply.code(503).header('retry-after', '30').send({ error: 'too many open status pages' });
    const current = await look();
    const known = request.headers['last-event-id'];
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      ...SAFETY_HEADERS,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // nginx would keep events back until its buffer is full.
      'x-accel-buffering': 'no',
    });
    // Without data it dispatches nothing, but is kept for the next Last-Event-ID (HTML §9.2.6).
    stream.write(known === undefined || known === current ? `retry: 3000\nid: ${current}\n\n` : change(current));
    streams.add(stream);
    timer ??= setInterval(() => void tell(), LOOK_MS).unref();
    stream.once('close', () => leave(stream));
    return reply;
  });

  app.addHook('preClose', (done) => {
    for (const stream of streams) stream.end();
    clearInterval(timer);
    done();
  });

  async function look(): Promise<string> {
    // While the store is away, the pages stay as they are.
    const status = await readStatus().catch(() => null);
    return status === null ? last : signatureOf(status);
  }

  async function tell(): Promise<void> {
    const current = await look();
    const changed = current !== last;
    last = current;
    const now = performance.now();
    if (!changed && now - beatAt < BEAT_MS) return;
    beatAt = now;
    for (const stream of streams) stream.write(changed ? change(current) : ':\n\n');
  }

  function leave(stream: ServerResponse): void {
    streams.delete(stream);
    if (streams.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }
}

function change(id: string): string {
  return `id: ${id}\nevent: change\ndata:\n\n`;
}

/** Differs where the pages would: what moves with the clock alone is left out. */
function signatureOf({ sources, totals, queues, config, silences, stops, unreadable, workers }: Status): string {
  const processes = workers.map(({ host, pid, roles }) => [host, pid, roles]);
  const hash = createHash('sha256').update(
    JSON.stringify([totals, queues, config, silences, stops, unreadable, processes]),
  );
  for (const { source, state, found } of sources)
    hash.update(`\n${source.id} ${state} ${found.lastPollAt} ${found.nextPollAt} ${found.failures}`);
  return hash.digest('hex').slice(0, 16);
}
