/** Makes one item a day of the stories of most weight: groups them by place, and writes them as HTML. */
import { cityOf, provinceOf } from '../divisions/codes.ts';
import type { DigestLine } from '../model/digest.ts';
import type { Story } from '../model/story.ts';
import { escapeMarkup } from '../text/html.ts';
import { shorten } from './cleantext.ts';

/** Characters of a summary that are enough to know what it is about. */
const SUMMARY_LENGTH = 90;
/** Outlets that are named. */
const NAMED_OTHERS = 3;

/** The place that a digest files a story under: its city, or its province where no city stands between. */
export function placeOf({ regions }: Pick<Story, 'regions'>): string | null {
  const [best] = regions;
  if (best === undefined) return null;
  const code = cityOf(best.code) ?? provinceOf(best.code);
  return regions.find((region) => region.code === code)?.name ?? best.name;
}

/** The lines by place: a place stands where its weightiest story would. */
function byPlace(lines: readonly DigestLine[]): ReadonlyMap<string | null, readonly DigestLine[]> {
  const places = new Map<string | null, DigestLine[]>();
  for (const line of lines) places.set(line.place, [...(places.get(line.place) ?? []), line]);
  return places;
}

/** HTML of headings, lists and links, which any reader and mail shows. `addressOf`: the page of a story. */
export function renderDigest(lines: readonly DigestLine[], addressOf: (story: string) => string): string {
  return [...byPlace(lines)]
    .map(([place, all]) => {
      const rows = all.map(({ story, title, outlet, others, summary }) => {
        const names = others.slice(0, NAMED_OTHERS).join('、');
        const many = others.length > NAMED_OTHERS ? ` 等 ${others.length} 家` : '';
        const more = others.length === 0 ? '' : `，${names}${many}也有报道`;
        const text = summary === '' ? '' : `<br>${escapeMarkup(shorten(summary, SUMMARY_LENGTH))}`;
        const link = `<a href="${escapeMarkup(addressOf(story))}">${escapeMarkup(title)}</a>`;
        return `<li><p><strong>${link}</strong>${text}<br><small>${escapeMarkup(outlet + more)}</small></p></li>`;
      });
      return `<h3>${escapeMarkup(place ?? '其他')}</h3><ol>${rows.join('')}</ol>`;
    })
    .join('');
}
