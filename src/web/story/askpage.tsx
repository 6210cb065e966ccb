/** Asks, before a copy is split off or a story is joined to another one, whether that is meant. */
import type { Story } from '../../model/story.ts';
import { headlineOf } from '../../store/stories/relations.ts';
import { renderAsking } from '../ui/asking.tsx';
import type { PageContext } from '../ui/layout.tsx';
import type { Phrase } from '../ui/words/site.ts';
import { writerFor } from '../ui/written.ts';

/** `fields`: what was asked for, and is sent again with `sure`. */
export interface Asked {
  /** The story that loses copies, or gets them. */
  readonly story: Story;
  readonly fields: Readonly<Record<string, string>>;
}

export function renderSplit(context: PageContext, asked: Asked & { readonly copies: Story['copies'] }): string {
  return renderArranging(context, asked, {
    path: '/api/story/split',
    title: 'splitCopy',
    which: 'splitWhich',
    hint: 'splitHint',
    button: 'split',
    rows: asked.copies.map(({ entry, outlet, sourceName, title, script }) => ({
      id: entry,
      title: writerFor(script, context.script)(title),
      more: outlet ?? sourceName,
    })),
  });
}

export function renderJoin(context: PageContext, asked: Asked & { readonly other: Story }): string {
  const { other } = asked;
  return renderArranging(context, asked, {
    path: '/api/story/join',
    title: 'joinStory',
    which: 'joinWhich',
    hint: 'joinHint',
    button: 'join',
    rows: [
      { id: other.id, title: titleOf(other, context), more: context.say('copiesTold', { n: other.copies.length }) },
    ],
  });
}

interface Arranging {
  readonly path: string;
  readonly title: Phrase;
  readonly which: Phrase;
  readonly hint: Phrase;
  readonly button: Phrase;
  readonly rows: readonly { readonly id: string; readonly title: string; readonly more: string }[];
}

function renderArranging(context: PageContext, { story, fields }: Asked, arranging: Arranging): string {
  const { say } = context;
  const title = titleOf(story, context);
  return renderAsking(
    context,
    {
      title: say(arranging.title),
      which: say(arranging.which, { story: title }),
      rows: arranging.rows.map((row) => ({
        id: row.id,
        name: row.title || row.id,
        more: <span class="faint">{row.more}</span>,
      })),
      back: { href: `/stories/${encodeURIComponent(story.id)}`, name: title },
    },
    <form method="post" action={arranging.path}>
      {Object.entries({ ...fields, sure: '1' }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
      <p>
        <button type="submit">{say(arranging.button)}</button>
        <span class="hint block">{say(arranging.hint)}</span>
      </p>
    </form>,
  );
}

function titleOf(story: Story, context: PageContext): string {
  return writerFor(null, context.script)(headlineOf(story)) || story.id;
}
