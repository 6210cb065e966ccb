/** Renders one feed: chooses its stories, composes the document, writes it in its format, notes what had to be left out. */
import type { Config, Edition } from '../../model/config.ts';
import type { Format } from '../../publish/formats.ts';
import { noteLeftOut } from '../../store/ledger/leftout.ts';
import { readWithdrawn } from '../../store/stories/withdraw.ts';
import { readRelated } from '../../store/stories/relations.ts';
import type { WebDeps } from '../deps.ts';
import type { Rendered } from '../http/renderings.ts';
import { varyOfBase } from '../http/baseurl.ts';
import { fromStore } from '../http/storetimeout.ts';
import { composeDocument, namesOf } from './feeddocument.ts';
import { readDigestPage } from './digestpage.ts';
import { cacheControl } from './freshness.ts';
import { hubOf } from './hublink.ts';
import type { Narrowing } from './query.ts';
import { type Selection, selectStories, sinceOf } from './selection.ts';

/** A feed as its address names it, under the config in force. */
export interface FeedRequest {
  readonly config: Config;
  readonly edition: Edition;
  readonly format: Format;
  readonly narrowing: Narrowing;
  /** Without a slash at the end. */
  readonly baseUrl: string;
}

/** What a rendering depends on besides its request. */
export interface Stamp {
  /** The rendering is out of date once this differs. */
  readonly text: string;
  /** Oldest order time that it shows; null: no bound. */
  readonly since: number | null;
}

export function stampOf(revision: string | undefined, { edition, config }: FeedRequest, now: number): Stamp {
  const since = sinceOf(edition, now);
  return { text: `${revision ?? '0'} ${config.version} ${since}`, since };
}

/** Whether two stamps of a feed tell of other stories, and of nothing else: the same config, the same oldest time. */
export function differsInNews(one: string, other: string): boolean {
  const rest = (text: string) => text.slice(text.indexOf(' '));
  return one !== other && rest(one) === rest(other);
}

export type RenderFeed = (request: FeedRequest, stamp: Stamp) => Promise<Rendered>;

export function createFeedRenderer(deps: WebDeps): RenderFeed {
  return async (request, stamp) => {
    const { config, edition, format, narrowing, baseUrl } = request;
    const page = { edition, narrowing, since: stamp.since };
    const told = edition.digest === null ? null : await fromStore(() => readDigestPage(deps.store, page));
    const selection =
      told === null ? await fromStore(() => selectStories(deps.store, page)) : { rows: [], next: told.next };
    const ids = format.extension === 'json' ? selection.rows.map(({ story }) => story.id) : [];
    const related = await fromStore(() => readRelated(deps.store, ids));
    const withdrawn =
      format.extension === 'atom' ? await fromStore(() => readWithdrawn(deps.store, edition.id, deps.now())) : [];
    const document = composeDocument({
      imageSecret: deps.images?.secret,
      config,
      edition,
      narrowing,
      names: namesOf(narrowing, config, deps),
      selection,
      related,
      digests: told?.digests,
      withdrawn,
      baseUrl,
      hub: hubOf(config.settings, baseUrl),
      format: format.extension,
    });
    const { body, left } = await format.render(document);
    if (left.length > 0) await note(deps, request, left, selection);
    const changes = selection.rows.map(({ story }) => story.updatedAt);
    const hub = document.hub === null ? [] : [`<${document.hub}>; rel="hub"`];
    return {
      body,
      contentType: format.contentType,
      changedAt: document.updated,
      link: [...hub, `<${document.selfUrl}>; rel="self"`].join(', '),
      vary: varyOfBase(config.settings.server),
      cacheControl: cacheControl(changes, deps.now(), narrowing.day !== null),
    };
  };
}

/** Writes into the log and the ledger which items a format could not hold; a reader has the feed even where that fails. */
async function note(
  { store, log, now }: WebDeps,
  { config, edition, format }: FeedRequest,
  left: Parameters<typeof noteLeftOut>[1],
  { rows }: Selection,
): Promise<void> {
  log.warn({ edition: edition.id, format: format.extension, left }, 'items left out of a feed');
  const { ledgerCount } = config.settings.retention;
  const options = { edition: edition.id, now: now(), configVersion: config.version, ledgerCount };
  await fromStore(() => noteLeftOut(store, left, rows, options)).catch((error: unknown) => {
    log.warn({ err: error }, 'not noted in the ledger');
  });
}
