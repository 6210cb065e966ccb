/** Has every plain feed of every edition rendered from the start on, and written to disk, so that an outage of Redis finds them all. */
import { isConnected, onConnected } from '../../store/redis/connect.ts';
import { formats } from '../../publish/formats.ts';
import { giveWay } from '../../text/giveway.ts';
import { messageOf } from '../../text/messageof.ts';
import type { WebDeps } from '../deps.ts';
import { ownAddress } from '../http/baseurl.ts';
import { type CurrentFeeds, fileOf } from './current.ts';
import { readNarrowing } from './query.ts';

/** What is served in an outage is no older. */
const EVERY_MS = 60_000;

/** Begins at once; gives what ends it. A feed that cannot be rendered now is tried again a minute later, or once Redis is back. */
export function keepReady(deps: WebDeps, feeds: CurrentFeeds): () => void {
  let isStopped = false;
  let running = false;
  let timer: NodeJS.Timeout | undefined;
  const disk = createDisk(deps);
  const round = async () => {
    const config = deps.config();
    const baseUrl = ownAddress(config.settings.server);
    const names = new Set<string>();
    for (const edition of config.editions) {
      const narrowed = readNarrowing({}, edition, config, deps.regionCodes);
      for (const format of formats) {
        if (isStopped || !narrowed.ok) continue;
        const request = { config, edition, format, narrowing: narrowed.narrowing, baseUrl };
        names.add(fileOf(request));
        const obtained = await feeds.obtain(request, true);
        if (obtained.kind === 'rendering' && !obtained.stale) await disk.save(fileOf(request), obtained.rendering);
        // Readers come in between.
        await giveWay();
      }
    }
    if (!isStopped) await disk.keepOnly(names);
  };
  const go = () => {
    clearTimeout(timer);
    if (running || isStopped) return;
    running = true;
    // Where Redis is away there is nothing to render, and its own watch says so.
    (isConnected(deps.store) ? round() : Promise.resolve())
      .catch((error: unknown) => deps.log.debug({ err: error }, 'feeds were not rendered beforehand'))
      .finally(() => {
        running = false;
        if (!isStopped) timer = setTimeout(go, EVERY_MS).unref();
      });
  };
  onConnected(deps.store, go);
  go();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** Writes what is rendered; a disk that takes none is told of once, until it does again. */
function createDisk({ keptFiles, log }: WebDeps) {
  let told = false;
  const attempt = async (work: () => Promise<void> | undefined) => {
    try {
      await work();
      told = false;
    } catch (error) {
      if (!told) log.warn({ error: messageOf(error) }, 'feeds cannot be kept on disk for a start without Redis');
      told = true;
    }
  };
  return {
    save: (...what: Parameters<NonNullable<WebDeps['keptFiles']>['save']>) => attempt(() => keptFiles?.save(...what)),
    keepOnly: (names: ReadonlySet<string>) => attempt(() => keptFiles?.keepOnly(names)),
  };
}
