/** Draws a page that says one thing, such as what is wrong. */
import { renderPage, type PageContext } from './layout.tsx';
import type { Phrase } from './words/site.ts';
import { Coded } from './coded.tsx';

export function renderMessage(context: PageContext, title: Phrase, text: string): string {
  const { say } = context;
  return renderPage(
    context,
    { title: say(title) },
    <section class="message">
      <h1>{say(title)}</h1>
      {text === say(title) ? null : (
        <p>
          <Coded text={text} />
        </p>
      )}
      <p>
        <a href="/">← {say('home')}</a>
      </p>
    </section>,
  );
}
