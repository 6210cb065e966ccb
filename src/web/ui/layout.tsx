/** Writes a page as a whole HTML document, with header and footer. */
import type { Script } from '../../model/entry.ts';
import type { StoredReason } from '../../model/reason.ts';
import { type ComponentChildren, Fragment } from 'preact';
import { renderToString } from 'preact-render-to-string';
import {
  CHOOSE_SCRIPT,
  COPY_SCRIPT,
  EDITOR_SCRIPT,
  ICON,
  KEYS_SCRIPT,
  LIVE_SCRIPT,
  MANIFEST_PATH,
  STYLESHEET,
} from './assets.ts';
import { clockOf, relative, stampOf } from './times.ts';
import type { Language } from '../../reasons/language.ts';
import type { Phrase, Say } from './words/site.ts';

export interface PageContext {
  readonly language: Language;
  readonly say: Say;
  /** A reason in the page's language. */
  readonly tell: (reason: StoredReason) => string;
  /** The script that the reader chose for Chinese text; null: as it was published. */
  readonly script: Script | null;
  readonly now: number;
  /** Path and query of this page, for the language switch. */
  readonly path: string;
  /** Offers to log out. */
  readonly loggedIn: boolean;
  /** Whether the ways into the desk are shown, the login alone, or neither. */
  readonly desk: 'shown' | 'login' | 'closed';
}

interface Alternate {
  readonly type: string;
  readonly title: string;
  readonly href: string;
}

interface Head {
  readonly title: string;
  readonly current?: Phrase;
  readonly alternates?: readonly Alternate[];
  /** Refresh the marked parts while the page is open. */
  readonly live?: boolean;
  /** Check the config's text as one types. */
  readonly editor?: boolean;
  /** Choose many rows at once. */
  readonly chooses?: boolean;
  /** Copy an address at the press of a button. */
  readonly copies?: boolean;
  /** What stands in the field of the search. */
  readonly typed?: string;
}

const HOME = ['home', '/'] as const;
/** What the head leads to for who may see the desk. */
export const DESK = [
  ['status', '/status'],
  ['sources', '/sources'],
  ['ledger', '/ledger'],
  ['queues', '/admin/queues'],
  ['config', '/config'],
] as const;

export function renderPage(context: PageContext, head: Head, content: ComponentChildren): string {
  return `<!doctype html>\n${renderToString(
    <Document context={context} head={head}>
      {content}
    </Document>,
  )}`;
}

/** Strangers see no page that would refuse them. */
function Navigation({ context: { say, desk }, current }: { context: PageContext; current: Phrase | undefined }) {
  const ways = desk === 'shown' ? [HOME, ...DESK] : desk === 'login' ? [HOME, ['logIn', '/login'] as const] : [HOME];
  return (
    <nav aria-label={say('navigation')}>
      {ways.map(([phrase, href]) => (
        <a href={href} aria-current={current === phrase ? 'page' : undefined} key={href}>
          {say(phrase)}
        </a>
      ))}
    </nav>
  );
}

function Document({ context, head, children }: { context: PageContext; head: Head; children: ComponentChildren }) {
  const { say, language } = context;
  return (
    <html lang={languageTag(context)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{head.title === 'deltawire' ? head.title : `${head.title} · deltawire`}</title>
        <link rel="stylesheet" href={STYLESHEET.path} />
        <link rel="icon" type="image/svg+xml" href={ICON.path} />
        <link rel="manifest" href={MANIFEST_PATH} />
        {head.alternates?.map(({ type, title, href }) => (
          <link rel="alternate" type={type} title={title} href={href} key={href} />
        ))}
        <script src={KEYS_SCRIPT.path} defer />
        {head.editor ? <script src={EDITOR_SCRIPT.path} defer /> : null}
        {head.chooses ? <script src={CHOOSE_SCRIPT.path} defer /> : null}
        {head.copies ? <script src={COPY_SCRIPT.path} defer /> : null}
        {head.live ? <script src={LIVE_SCRIPT.path} defer /> : null}
      </head>
      <body>
        <a class="skip" href="#content">
          {say('skip')}
        </a>
        <header class="masthead">
          <a class="brand" href="/">
            <img src={ICON.path} width="28" height="28" alt="" />
            <span>deltawire</span>
          </a>
          <Navigation context={context} current={head.current} />
          <form class="search" role="search" method="get" action="/find">
            <input
              type="search"
              name="q"
              value={head.typed}
              maxLength={100}
              placeholder={say('searchAll')}
              aria-label={say('searchAll')}
            />
          </form>
          <a
            class="script"
            href={switchTo(context, 'script', context.script === 'hant' ? 'hans' : 'hant')}
            rel="nofollow"
          >
            {say(context.script === 'hant' ? 'toHans' : 'toHant')}
          </a>
          <a
            class="language"
            href={switchTo(context, 'lang', language === 'zh' ? 'en' : 'zh')}
            lang={language === 'zh' ? 'en' : 'zh-Hans'}
            rel="nofollow"
          >
            {say('otherLanguage')}
          </a>
          {context.loggedIn ? (
            <form method="post" action="/logout" class="poll">
              <button type="submit">{say('logOut')}</button>
            </form>
          ) : null}
        </header>
        <main id="content">{children}</main>
        <footer>
          <span>deltawire · {say('footer')}</span>
          <span>
            <a href="/opml">OPML</a> · {clockOf(context.now)} (UTC+8)
          </span>
        </footer>
        <Finder context={context} />
        <Keys context={context} />
      </body>
    </html>
  );
}

/** What Ctrl-K opens; its script fills the list, and the form leads to the same without one. */
function Finder({ context: { say } }: { context: PageContext }) {
  return (
    <dialog id="finder" aria-label={say('find')}>
      <form method="get" action="/find">
        <input type="search" name="q" maxLength={100} placeholder={say('searchAll')} aria-label={say('searchAll')} />
      </form>
      <ul data-none={say('foundNothing')} />
    </dialog>
  );
}

const KEYS = [
  ['j / k', 'keyStep'],
  ['o', 'keyOpen'],
  ['/', 'keySearch'],
  ['Ctrl-K', 'keyFind'],
  ['?', 'keyHelp'],
] as const;

/** Tells the keys, and turns the single ones off (WCAG 2.2 §2.1.4). */
function Keys({ context: { say } }: { context: PageContext }) {
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">{say('keys')}</h2>
      <dl class="facts">
        {KEYS.map(([key, phrase]) => (
          <Fragment key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(phrase)}</dd>
          </Fragment>
        ))}
      </dl>
      <label>
        <input type="checkbox" checked /> {say('keysOn')}
      </label>
      <form method="dialog">
        <button type="submit">{say('close')}</button>
      </form>
    </dialog>
  );
}

/** This page with another value of what its reader chooses. */
function switchTo({ path }: PageContext, parameter: 'lang' | 'script', value: string): string {
  const url = new URL(path, 'http://localhost');
  url.searchParams.set(parameter, value);
  return url.pathname + url.search;
}

/** Of the page's own words, as BCP 47 names it. */
export const languageTag = ({ language, script }: Pick<PageContext, 'language' | 'script'>): string =>
  language === 'en' ? 'en' : script === 'hant' ? 'zh-Hant' : 'zh-Hans';

interface MomentInput {
  readonly at: number | null;
  readonly context: PageContext;
  readonly text?: string;
  /** What is said where it has not been yet. */
  readonly none?: Phrase;
}

/** A moment: exact on hover and to machines, `text` (or how long ago) to people. */
export function Moment({ at, context, text, none = 'never' }: MomentInput) {
  if (at === null) return <span class="faint">{context.say(none)}</span>;
  const stamp = stampOf(at);
  return (
    <time datetime={`${stamp.replace(' ', 'T')}+08:00`} title={stamp}>
      {text ?? relative(at, context.now, context.say)}
    </time>
  );
}

/** Path with these parameters; empty and null ones are left out. */
export function href(path: string, parameters: Readonly<Record<string, string | number | null | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** A link out, which the sanitiser let through as http or https; anything else is shown as text. */
export function Outward({ to, children }: { to: string | null; children: ComponentChildren }) {
  if (to === null || !/^https?:\/\//i.test(to)) return <span>{children}</span>;
  return (
    <a href={to} rel="noopener noreferrer external">
      {children}
    </a>
  );
}
