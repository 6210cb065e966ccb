/** Writes the foot of a story's content, its origin and its other copies: few readers show where an item is from. */
import type { Script } from '../model/entry.ts';
import { beijingMinute } from '../text/time.ts';
import { escapeMarkup } from '../text/html.ts';

interface FootCopy {
  readonly outlet: string;
  readonly link: string;
  readonly published: number | null;
}

/** One line of HTML that names the outlet; empty where it has no name. `outlet` and `link` are clean already. */
export function renderOrigin(outlet: string, link: string | null, script: Script | null): string {
  if (outlet === '') return '';
  const name = escapeMarkup(outlet);
  const shown = link === null ? name : `<a href="${escapeMarkup(link)}">${name}</a>`;
  return `<p><small>${script === 'hant' ? '來源' : '来源'}：${shown}</small></p>`;
}

/** HTML; empty where there are no copies. Outlets and links are clean already. `more`: how many outlets are not listed, and where they are. */
export function renderFoot(
  copies: readonly FootCopy[],
  more: { readonly count: number; readonly url: string | null },
  script: Script | null,
): string {
  if (copies.length === 0) return '';
  const rows = copies.map(({ outlet, link, published }) => {
    const time =
      published === null
        ? ''
        : ` <time datetime="${new Date(published).toISOString()}">${beijingMinute(published)}</time>`;
    return `<li><a href="${escapeMarkup(link)}">${escapeMarkup(outlet)}</a>${time}</li>`;
  });
  if (more.count > 0) {
    const text = `${script === 'hant' ? '還有' : '还有'} ${more.count} 家`;
    rows.push(more.url === null ? `<li>${text}</li>` : `<li><a href="${escapeMarkup(more.url)}">${text}</a></li>`);
  }
  return `<hr><p>${script === 'hant' ? '另見' : '另见'}</p><ul>${rows.join('')}</ul>`;
}
