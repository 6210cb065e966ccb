/** The web role: what it needs of the daemon, and its server, which may listen before Redis answers. */
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.ts';
import { expandRegions, loadGazetteer } from '../divisions/gazetteer.ts';
import { addPolls, closeQueues, openQueues } from '../jobs/queues.ts';
import type { InForce } from '../pipeline/inforce.ts';
import { KEY_PREFIX } from '../store/redis/keys.ts';
import { within } from '../text/within.ts';
import type { Threads } from '../threads/pool.ts';
import type { WebDeps } from '../web/deps.ts';
import { openKeptFiles } from '../web/http/keptfiles.ts';
import { createWeb } from '../web/server.ts';
import { createImageFetcher } from './imagefetcher.ts';
import { openStore } from './openredis.ts';
import { createDesk } from './operations.ts';
import { reason } from '../reasons/catalogue.ts';
import { whyOf } from '../reasons/whyof.ts';
import { StartError } from './starterror.ts';

const CLOSE_MS = 1_500;
/** Folder of the data folder that keeps the feeds. */
const FEEDS = 'feeds';

interface WebRoleDeps {
  readonly configFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly environment: Environment;
  readonly roles: readonly string[];
  readonly version: string;
  readonly state: InForce;
  readonly threads: Threads;
  readonly stops: (() => Promise<void>)[];
  readonly log: Logger;
  readonly connect: (purpose: 'worker' | 'web') => Redis;
}

interface WebRole {
  readonly hasKeptFeeds: () => Promise<boolean>;
  /** Listens; done once, also where it is called again. Throws StartError. */
  readonly listen: () => Promise<void>;
  /** Where it listens; null before. */
  readonly address: () => string | null;
  /** Says that this is the daemon's Redis: from now on feeds are kept on disk, and pictures are signed with its secret. */
  readonly open: (secret: string) => void;
}

/** Nothing is opened before it listens. */
export function prepareWeb(deps: WebRoleDeps): WebRole {
  const files = openKeptFiles(join(deps.environment.dataFolder, FEEDS));
  let secret: string | null = null;
  let address: string | null = null;
  const keptFiles: WebDeps['keptFiles'] = {
    ...files,
    save: async (...what) => (secret === null ? undefined : files.save(...what)),
    keepOnly: async (names) => (secret === null ? undefined : files.keepOnly(names)),
  };
  return {
    hasKeptFeeds: async () => (await files.count()) > 0,
    listen: async () => {
      address ??= await listen(deps, { keptFiles, secret: () => secret });
    },
    address: () => address,
    open: (found) => {
      secret = found;
    },
  };
}

async function listen(
  { configFolder, env, roles, version, state, threads, stops, log, connect }: WebRoleDeps,
  { keptFiles, secret }: Pick<WebDeps, 'keptFiles'> & { readonly secret: () => string | null },
): Promise<string> {
  const config = () => state.config();
  const redis = connect('web');
  const queues = openQueues(redis, KEY_PREFIX);
  stops.push(() => closeQueues(queues));
  const gazetteer = loadGazetteer();
  const pictures = createImageFetcher(config);
  stops.push(() => pictures.close());
  const store = openStore(redis, log);
  const web = createWeb({
    store,
    get images() {
      const known = secret();
      return known === null ? undefined : { secret: known, fetchImage: pictures.fetchImage };
    },
    keptFiles,
    desk: createDesk({ folder: configFolder, env, store, config, threads, now: Date.now }),
    queues,
    config,
    faults: () => state.faults(),
    liveness: { startedAt: Date.now(), version, roles },
    pollNow: (sources) => addPolls(queues, sources, 'asked'),
    regionName: (code) => gazetteer.byCode.get(code)?.name ?? null,
    regionCodes: (name) => {
      const { codes, unknown } = expandRegions(gazetteer, [name], config().regions);
      return unknown.length > 0 ? null : [...codes];
    },
    log,
    now: Date.now,
  });
  const { host, port } = config().settings.server;
  try {
    const address = await web.listen({ host, port });
    stops.push(() => within(web.close(), CLOSE_MS));
    return address;
  } catch (error) {
    const address = `${host}:${port}`;
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw new StartError([
      isTaken ? reason('start.port-taken', { address }) : reason('start.not-listening', { address, why: whyOf(error) }),
    ]);
  }
}
