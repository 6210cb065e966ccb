/** Asks, before a copy is split off or a story is joined to another one, whether that is meant. */
import type { Story } from '../../model/story.ts';
import { headlineOf } from '../../store/stories/relations.ts';
import { type PageContext, renderPage } from '../ui/layout.tsx';
import type { Phrase } from '../ui/words/site.ts';
import { writerFor } from '../ui/written.ts';

/** `fields`: what was asked for, and is sent again with `sure`. */
export interface Asked {
  /** The story that loses copies, or gets them. */
  readonly story: Story;
  readonly fields: Readonly<Record<string, string>>;
}

export function renderSplit(context: PageContext, asked: Asked & { readonly copies: Story['copies'] }): string {
  return renderAsking(context, asked, {
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
  return renderAsking(context, asked, {
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

interface Asking {
  readonly path: string;
  readonly title: Phrase;
  readonly which: Phrase;
  readonly hint: Phrase;
  readonly button: Phrase;
  readonly rows: readonly { readonly id: string; readonly title: string; readonly more: string }[];
}

function renderAsking(context: PageContext, { story, fields }: Asked, asking: Asking): string {
  const { say } = context;
  const title = titleOf(story, context);
  return renderPage(
    context,
    { title: say(asking.title) },
    <section class="message">
      <h1>{say(asking.title)}</h1>
      <p>{say(asking.which, { story: title })}</p>
      <ul class="entries">
        {asking.rows.map((row) => (
          <li key={row.id}>
            <b>{row.title || row.id}</b> <span class="faint">{row.more}</span>
          </li>
        ))}
      </ul>
      <form method="post" action={asking.path}>
        {Object.entries({ ...fields, sure: '1' }).map(([name, value]) => (
          <input type="hidden" name={name} value={value} key={name} />
        ))}
        <p>
          <button type="submit">{say(asking.button)}</button>
          <span class="hint block">{say(asking.hint)}</span>
        </p>
      </form>
      <p>
        <a href={`/stories/${encodeURIComponent(story.id)}`}>← {title}</a>
      </p>
    </section>,
  );
}

function titleOf(story: Story, context: PageContext): string {
  return writerFor(null, context.script)(headlineOf(story)) || story.id;
}
