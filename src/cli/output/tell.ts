/** Writes documents, entries and decisions as lines for a terminal. */
import { tellDocumentPage } from '../../sources/pagememory.ts';
import type { Edited } from '../../pipeline/editorial.ts';
import { isoWithOffset } from '../../text/time.ts';
import type { FeedDocument } from '../../model/feed.ts';
import type { RegionHit } from '../../model/region.ts';
import type { Language } from '../../reasons/language.ts';
import { say } from '../../reasons/render.ts';
import { oneLine } from '../../text/terminal.ts';
import { maskMessage } from '../../text/masking.ts';
import type { Placement, ReadFailure } from './present.ts';

export function tellFailure({ source, stage, reason }: ReadFailure, language: Language): string {
  return lines([maskMessage(source), `  ✗ ${stage}: ${say(reason, language)}`]);
}

export function tellDocument(document: FeedDocument, language: Language): string {
  const { source, url, format, title, charset, repairs, items } = document;
  const page = tellDocumentPage(document);
  const { declared, detected, used } = charset;
  return lines([
    maskMessage(source),
    `  ✓ ${format} ${title === null ? '' : `「${title}」 `}${items.length} items`,
    `  address ${maskMessage(url)}`,
    `  charset ${used} (declared ${declared ?? 'nothing'}, detected ${detected ?? 'nothing'})`,
    ...(page === null ? [] : [`  page ${say(page, language)}`]),
    ...repairs.map((repair) => `  mended: ${say(repair, language)}`),
  ]);
}

export function tellEntry(
  { cleaned, classification, relevance }: Edited,
  placement: Placement,
  zone: string,
  language: Language,
): string {
  const { entry, removed } = cleaned;
  const facts = [
    entry.published === null ? 'undated' : isoWithOffset(entry.published, zone),
    entry.outlet,
    entry.authors.join('、'),
    entry.editor === null ? null : `责任编辑 ${entry.editor}`,
    entry.dateline === null ? null : `电头 ${entry.dateline.place}`,
  ];
  return lines([
    '',
    `  ${mark(placement)} ${entry.title}`,
    `    ${facts.filter(Boolean).join(' · ')}`,
    ...(entry.link === null ? [] : [`    ${entry.link}`]),
    ...(removed.length === 0
      ? []
      : [`    removed: ${removed.map(({ rule, text }) => `${rule} 「${clip(text, 16)}」`).join('; ')}`]),
    ...entry.repairs.map((repair) => `    mended: ${say(repair, language)}`),
    ...(classification.regions.length === 0 ? [] : [`    regions: ${tellRegions(classification.regions)}`]),
    ...(classification.outletPlace === undefined ? [] : [`    outlet in: ${classification.outletPlace.name}`]),
    `    ${relevance[0] === undefined ? '' : say(relevance[0].why, language)}`,
    `    ${placement.decision}: ${say(placement.reason, language)}; story ${placement.story}${placement.lead ? ' (lead)' : ''}`,
  ]);
}

export function tellRegions(regions: readonly RegionHit[]): string {
  return regions
    .slice(0, 6)
    .map(({ name, code, score }) => `${name} ${code} ${score.toFixed(1)}`)
    .join(', ');
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
