/** Writes documents, entries and decisions as lines for a terminal. */
import { tellDocumentPage } from '../../sources/pagememory.ts';
import type { Edited } from '../../pipeline/editorial.ts';
import { isoWithOffset } from '../../text/time.ts';
import type { FeedDocument } from '../../model/feed.ts';
import type { RegionHit } from '../../model/region.ts';
import { reason } from '../../reasons/catalogue.ts';
import { oneLine } from '../../text/terminal.ts';
import { maskMessage } from '../../text/masking.ts';
import { tellReason } from './exit.ts';
import type { Placement, ReadFailure } from './present.ts';

export function tellFailure({ source, reason: why }: ReadFailure): string {
  return lines([maskMessage(source), `  ✗ ${tellReason(why)}`]);
}

export function tellDocument(document: FeedDocument): string {
  const { source, url, format, title, charset, repairs, items } = document;
  const page = tellDocumentPage(document);
  const { used } = charset;
  const [declared, detected] = [charset.declared ?? '–', charset.detected ?? '–'];
  const read = { format, title: title === null ? '' : `「${title}」`, items: items.length };
  return lines([
    maskMessage(source),
    `  ✓ ${tellReason(reason('try.read', read))}`,
    `  ${tellReason(reason('try.address', { url: maskMessage(url) }))}`,
    `  ${tellReason(reason('try.charset', { used, declared, detected }))}`,
    ...(page === null ? [] : [`  ${tellReason(reason('try.page', { page }))}`]),
    ...repairs.map((repair) => `  ${tellReason(reason('try.mended', { repair }))}`),
  ]);
}

export function tellEntry({ cleaned, classification, relevance }: Edited, placement: Placement, zone: string): string {
  const { entry, removed } = cleaned;
  const { story, lead, reason: why } = placement;
  const decision = reason(`decision.${placement.decision}`);
  const placed = reason(lead ? 'try.leads' : 'try.placed', { decision, why, story });
  const regions = tellRegions(classification.regions);
  const facts = [
    entry.published === null ? tellReason(reason('check.undated')) : isoWithOffset(entry.published, zone),
    entry.outlet,
    entry.authors.join('、'),
    entry.editor === null ? null : tellReason(reason('try.editor', { name: entry.editor })),
    entry.dateline === null ? null : tellReason(reason('try.dateline', { place: entry.dateline.place })),
  ];
  return lines([
    '',
    `  ${mark(placement)} ${entry.title}`,
    `    ${facts.filter(Boolean).join(' · ')}`,
    ...(entry.link === null ? [] : [`    ${entry.link}`]),
    ...(removed.length === 0 ? [] : [`    ${tellReason(reason('try.removed', { lines: removed.map(tellRemoved) }))}`]),
    ...entry.repairs.map((repair) => `    ${tellReason(reason('try.mended', { repair: repair }))}`),
    ...(regions.length === 0 ? [] : [`    ${tellReason(reason('try.regions', { regions }))}`]),
    ...(classification.outletPlace === undefined
      ? []
      : [`    ${tellReason(reason('try.outlet-in', { place: classification.outletPlace.name }))}`]),
    `    ${relevance[0] === undefined ? '' : tellReason(relevance[0].why)}`,
    `    ${tellReason(placed)}`,
  ]);
}

const tellRemoved = ({ rule, text }: Edited['cleaned']['removed'][number]) => `${rule} 「${clip(text, 16)}」`;

export function tellRegions(regions: readonly RegionHit[]): readonly string[] {
  return regions.slice(0, 6).map(({ name, code, score }) => `${name} ${code} ${score.toFixed(1)}`);
}

function mark({ decision }: Placement): string {
  return { kept: '●', merged: '≡', dropped: '○' }[decision];
}

function clip(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length).join('')}…`;
}

/** No text from outside begins a line of its own. */
function lines(all: readonly string[]): string {
  return all.map(oneLine).join('\n');
}
