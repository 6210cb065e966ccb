/**
 * Serves mutated documents to the whole daemon, by all that the fuzz does to its fixtures (nesting, repetition and long
 * lines among it), and prints what they take of its processor time and memory, and what readers wait for meanwhile:
 * `npx tsx bench/mutated.ts [--documents 50000] [--sources 40] [--worst 3] [--seed 1]`. Linux; needs a built checkout.
 *
 * Every source gets a document of its own in each round. Each document of the rounds that took most, and each that was
 * set aside, is served once more by itself to a source that is new: what the daemon takes until it rests is the document's.
 */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeRig, type Program, residentMb } from '../tests/daemon/rig.ts';
import { type MutatedDocument, mutatedDocuments } from '../tests/fuzz/mutateddocuments.ts';
import { item, rss } from '../tests/support/heavydocuments.ts';
import { quantile } from './quantile.ts';
import { usageOf } from './usage.ts';

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '50000' },
    sources: { type: 'string', default: '40' },
    worst: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
});
const [DOCUMENTS, SOURCES, WORST, SEED] = [values.documents, values.sources, values.worst, values.seed].map(Number) as [
  number,
  number,
  number,
  number,
];
/** A source's kind is that of its documents: the first of ten is a page that selectors read, four may be either, five are feeds. */
const kindOf = (source: number) => (source % 10 === 0 ? 'page' : source % 10 < 5 ? 'auto' : 'feed');
const KINDS = ['page', 'auto', 'feed'] as const;
/** Documents set aside that are served once more. */
const MOST_ASIDE = 100;
/** Hosts that the sources are spread over: one of many sources has a quarter of the polls. */
const HOSTS = 8;
const LOOK_MS = 25;
const REST_LOOK_MS = 200;
const CALM_MS = 5_000;
const GIVEN_UP_MS = 300_000;

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const show = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
};

/** Processor time of all threads since the program began. */
const cpuMs = async ({ process: { pid } }: Program) => (await usageOf(pid ?? 0)).cpuMs;

/** A document as one source had it. */
interface Served {
  readonly id: string;
  readonly kind: (typeof KINDS)[number];
  readonly document: MutatedDocument;
  /** Its place among those of the seed, from 0 on. */
  readonly number: number;
}

/** Whether the log tells of a document or an item that was set aside, for its time was over or the program failed on it. */
const isAside = (line: string) => /given up|the program failed while|item set aside/.test(line);

interface Round {
  readonly served: readonly Served[];
  readonly ms: number;
}

const documents = new Map<string, MutatedDocument>();
const asked = { answers: 0 };
const server = createServer((request, response) => {
  const document = documents.get(request.url?.slice(1) ?? '');
  asked.answers++;
  if (document === undefined) response.end(rss('calm', [item('calm', '1', '合肥地铁开通', '沿线居民出行更方便。')]));
  else response.writeHead(200, document.headers).end(document.bytes);
});
await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
const { port } = server.address() as AddressInfo;
const rig = await makeRig();
try {
  const row = (id: string, kind: Served['kind'], n: number) => {
    const select = kind === 'page' ? ', select: {item: "li, item, .item", title: a}' : '';
    return `  - {id: ${id}, group: bad, kind: ${kind}, url: "http://127.0.1.${(n % HOSTS) + 1}:${port}/${id}", schedule: "0 0 1 1 *"${select}}`;
  };
  const sources = Array.from({ length: SOURCES }, (_, n) => ({ id: `s${n}`, kind: kindOf(n) }) as const);
  const once = Array.from({ length: WORST * SOURCES + MOST_ASIDE }, (_, n) => n);
  await writeFile(
    join(rig.config, 'editions.yaml'),
    'editions:\n  - {id: calm, title: 安静, regions: [], sources: [calm]}\n  - {id: all, title: 全部, regions: []}\n',
  );
  await rig.writeSources(
    [
      'sources:',
      `  - {id: calm, url: "http://127.0.2.1:${port}/calm", schedule: "0 0 1 1 *"}`,
      ...sources.map(({ id, kind }, n) => row(id, kind, n)),
      ...once.flatMap((n) => KINDS.map((kind) => row(`${kind}${n}`, kind, n))),
      '',
    ].join('\n'),
  );
  const program = await rig.start();
  const poll = async (source: string) =>
    (await fetch(`${program.base}/api/poll?source=${source}`, { method: 'POST' })).arrayBuffer();
  /** Until all that was asked for has been answered and ingested. */
  const rest = async (answers: number) => {
    const began = performance.now();
    while (asked.answers < answers || !(await program.status()).idle) {
      if (performance.now() - began > GIVEN_UP_MS)
        throw new Error(`it does not rest: ${program.output().slice(-2_000)}`);
      await pause(REST_LOOK_MS);
    }
  };
  /** Has sources polled at once; gives the processor time until all is ingested, without what looking and readers take. */
  const costOf = async (polled: readonly string[], calmMsASecond: number): Promise<number> => {
    const [before, began, answers] = [await cpuMs(program), performance.now(), asked.answers + polled.length];
    await Promise.all(polled.map(poll));
    await rest(answers);
    return (await cpuMs(program)) - before - (calmMsASecond * (performance.now() - began)) / 1_000;
  };
  /** Processor time that the program takes in a second while nothing comes, looks and readers included. */
  const calmCost = async (): Promise<number> => {
    const [before, began] = [await cpuMs(program), performance.now()];
    while (performance.now() - began < CALM_MS) {
      await program.status();
      await pause(REST_LOOK_MS);
    }
    return (((await cpuMs(program)) - before) * 1_000) / (performance.now() - began);
  };

  await poll('calm');
  await rest(1);
  // What starting took is over.
  await calmCost();
  const calmAlone = await calmCost();
  const idleMb = await residentMb(program);
  let peakMb = idleMb;
  const waits = { '/healthz': [] as number[], '/feeds/calm.rss': [] as number[] };
  const over = new AbortController();
  const read = async (path: keyof typeof waits) => {
    while (!over.signal.aborted) {
      const began = performance.now();
      await (await fetch(`${program.base}${path}`)).arrayBuffer();
      waits[path].push(performance.now() - began);
      peakMb = Math.max(peakMb, await residentMb(program));
      await pause(LOOK_MS);
    }
  };
  const readers = [read('/healthz'), read('/feeds/calm.rss')];
  const calm = await calmCost();
  const inPeace = Object.values(waits).map((list) => quantile(list.splice(0), 0.99).toFixed(1));

  const mutated = mutatedDocuments(SEED);
  let worst: Round[] = [];
  const aside: Served[] = [];
  let [served, totalMs] = [0, 0];
  const began = performance.now();
  while (served < DOCUMENTS) {
    const round = sources.slice(0, DOCUMENTS - served).map((source, n): Served => {
      const document = mutated.next().value;
      documents.set(source.id, document);
      const { id, kind } = source;
      return { id, kind, document, number: served + n };
    });
    const said = program.output().length;
    const ms = await costOf(
      round.map(({ id }) => id),
      calm,
    );
    served += round.length;
    totalMs += ms;
    const faults = program.output().slice(said).split('\n').filter(isAside);
    aside.push(...round.filter(({ id }) => faults.some((line) => line.includes(`"source":"${id}"`))));
    worst = [...worst, { served: round, ms }].toSorted((a, b) => b.ms - a.ms).slice(0, WORST);
    const seconds = (performance.now() - began) / 1000;
    show(
      `${served} of ${DOCUMENTS} in ${seconds.toFixed(0)} s, ${(totalMs / served).toFixed(1)} ms each, the worst round ${worst[0]?.ms.toFixed(0)} ms, ${(peakMb - idleMb).toFixed(0)} MB above idle, ${aside.length} set aside, p99 ${Object.values(
        waits,
      )
        .map((of) => quantile(of, 0.99).toFixed(0))
        .join(' and ')} ms`,
    );
  }
  const seconds = (performance.now() - began) / 1000;
  over.abort();
  await Promise.all(readers);
  show('');
  const told = (of: readonly number[]) =>
    `p50 ${quantile(of, 0.5).toFixed(1)} ms, p99 ${quantile(of, 0.99).toFixed(1)} ms, at most ${quantile(of, 1).toFixed(0)} ms of ${of.length}`;
  const said = program.output().length;
  const lines = program.output().split('\n');
  console.log(
    `${served} documents of ${SOURCES} sources, seed ${SEED}, in ${seconds.toFixed(0)} s\n` +
      `processor time: ${(totalMs / served).toFixed(1)} ms a document; rounds of ${SOURCES} at most ${worst.map(({ ms }) => ms.toFixed(0)).join(', ')} ms\n` +
      `memory: at most ${(peakMb - idleMb).toFixed(0)} MB above ${idleMb.toFixed(0)} MB\n` +
      `readers: ${Object.entries(waits)
        .map(([path, of], n) => `${path} ${told(of)} (p99 in peace ${inPeace[n]} ms)`)
        .join('; ')}\n` +
      `set aside: ${lines.filter(isAside).length}; could not be read: ${lines.filter((line) => line.includes('poll failed')).length}`,
  );

  const again = [...worst.flatMap((round) => round.served), ...aside.slice(0, MOST_ASIDE)];
  let greatest = { ms: 0, number: 0 };
  for (const [n, { kind, document, number }] of again.entries()) {
    documents.set(`${kind}${n}`, document);
    const ms = await costOf([`${kind}${n}`], calmAlone);
    if (ms > greatest.ms) greatest = { ms, number };
    show(`${n + 1} of ${again.length} by themselves, at most ${greatest.ms.toFixed(0)} ms`);
  }
  show('');
  console.log(
    `those of the worst rounds and those set aside, each by itself: at most ${greatest.ms.toFixed(0)} ms of processor time (number ${greatest.number}), set aside ${program.output().slice(said).split('\n').filter(isAside).length}`,
  );
} finally {
  server.close();
  server.closeAllConnections();
  await rig.close();
}
