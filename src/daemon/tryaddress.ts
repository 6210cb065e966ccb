/** Looks for what to poll at an address, proposes a source for it, and tries that source; stores nothing. */
import { addressKey } from '../config/files/newsource.ts';
import { plainSource } from '../config/plainsource.ts';
import { readInThread } from '../jobs/reading.ts';
import type { Found } from '../web/deps.ts';
import { proposeSource } from './proposesource.ts';
import { seekSource } from './seeksource.ts';
import { type TrialDeps, trySource } from './trial.ts';

export async function tryAddress(deps: TrialDeps, typed: string): Promise<Found> {
  const config = deps.config();
  const finding = await seekSource(typed, config, async (settings, document) => {
    const read = await readInThread(deps.threads, settings, document, deps.now());
    return read.ok || read.stage !== 'limit' ? read : { ok: false, stage: 'parse', reason: read.reason };
  });
  if (!finding.ok) return { ok: false, why: finding.reason };
  const { found } = finding;
  const { format, mode, items } = found.document;
  const proposed = proposeSource(found, config);
  const same = config.sources.find(({ url }) => addressKey(url) === addressKey(found.url));
  const source = { ...plainSource(proposed.id, proposed.url), ...proposed, at: { file: 'sources.yaml', line: 0 } };
  return {
    ok: true,
    proposed,
    form: mode ?? format,
    items: items.length,
    dated: items.filter(({ published }) => published !== null).length,
    alternatives: found.alternatives,
    known: same?.id ?? null,
    trial: await trySource(deps, source),
  };
}
