/** Draws a digest: what one item of its edition's feed tells. */
import type { Edition } from '../../model/config.ts';
import type { Digest } from '../../model/digest.ts';
import { renderDigest } from '../../publish/digesthtml.ts';
import { digestTitle, storyAddress } from '../feeds/digestitem.ts';
import { href, Moment, type PageContext, renderPage } from '../ui/layout.tsx';
import { stampOf } from '../ui/times.ts';

export function renderDigestPage(context: PageContext, edition: Edition, digest: Digest): string {
  const title = digestTitle(edition, digest);
  const html = renderDigest(digest.lines, (story) => storyAddress(story, ''));
  return renderPage(
    context,
    { title },
    <article class="digest">
      <h1>{title}</h1>
      <p class="meta">
        <Moment at={digest.at} context={context} text={stampOf(digest.at)} />
        <a href={href('/', { edition: edition.id })}>{edition.title}</a>
      </p>
      <p class="hint">{context.say('digestHint')}</p>
      <div class="prose" lang="zh-Hans" dangerouslySetInnerHTML={{ __html: html }} />
    </article>,
  );
}
