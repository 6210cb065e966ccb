/** Draws a page that asks whether something is meant, before it is done. */
import type { ComponentChildren } from 'preact';
import { type PageContext, renderPage } from './layout.tsx';

export interface Asking {
  readonly title: string;
  /** What it is about: a sentence that the rows go on. */
  readonly which: string;
  /** `name` in bold, `more` beside it. */
  readonly rows: readonly { readonly id: string; readonly name: string; readonly more: ComponentChildren }[];
  /** Where nothing is done. */
  readonly back: { readonly href: string; readonly name: string };
  readonly current?: Parameters<typeof renderPage>[1]['current'];
}

/** `form`: what is sent where it is meant, with its buttons. */
export function renderAsking(context: PageContext, asking: Asking, form: ComponentChildren): string {
  const { title, which, rows, back, current } = asking;
  return renderPage(
    context,
    { title, ...(current === undefined ? {} : { current }) },
    <section class="message">
      <h1>{title}</h1>
      <p>{which}</p>
      <ul class="entries">
        {rows.map(({ id, name, more }) => (
          <li key={id}>
            <b>{name}</b> {more}
          </li>
        ))}
      </ul>
      {form}
      <p>
        <a href={back.href}>← {back.name}</a>
      </p>
    </section>,
  );
}
