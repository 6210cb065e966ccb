/** Has every plain feed of every edition rendered from the start on, so that an outage of Redis finds them all. */
import { isConnected } from '../../store/redis/connect.ts';
import { formats } from '../../publish/formats.ts';
import type { WebDeps } from '../deps.ts';
import { ownAddress } from '../http/baseurl.ts';
import type { CurrentFeeds } from './current.ts';
import { readNarrowing } from './query.ts';

/** What is served in an outage is no older. */
const EVERY_MS = 60_000;

/** Begins at once; gives what ends it. A feed that cannot be rendered now is tried again a minute later. */
export function keepReady(deps: WebDeps, feeds: CurrentFeeds): () => void {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    const config = deps.config();
    const baseUrl = ownAddress(config.settings.server);
    for (const edition of config.editions) {
      const narrowed = readNarrowing({}, edition, config, deps.regionCodes);
      for (const format of formats) {
        if (isStopped || !narrowed.ok) continue;
        await feeds.obtain({ config, edition, format, narrowing: narrowed.narrowing, baseUrl }, true);
        // Readers come in between.
        await new Promise((done) => setImmediate(done));
      }
    }
  };
  const go = () => {
    // Where Redis is away there is nothing to render, and its own watch says so.
    (isConnected(deps.store) ? round() : Promise.resolve())
      .catch((error: unknown) => deps.log.debug({ err: error }, 'feeds were not rendered beforehand'))
      .finally(() => {
        if (!isStopped) timer = setTimeout(go, EVERY_MS).unref();
      });
  };
  go();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
