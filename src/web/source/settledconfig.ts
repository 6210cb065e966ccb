/** Waits after a change of the config until the pages that follow can show it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../../model/config.ts';
import type { WebDeps } from '../deps.ts';
import { SHARED_MS } from './status.ts';

/** A changed file is in force within two seconds; the page that follows should show it. */
const IN_FORCE_MS = 2_500;
const LOOK_MS = 50;

/** Until the config in force is as it should be, and readings from before have gone; not for ever. */
export async function untilInForce(
  { config }: Pick<WebDeps, 'config'>,
  isThere: (config: Config) => boolean,
): Promise<void> {
  for (let waited = 0; waited < IN_FORCE_MS; waited += LOOK_MS) {
    if (isThere(config())) {
      await wait(SHARED_MS + LOOK_MS);
      return;
    }
    await wait(LOOK_MS);
  }
}
