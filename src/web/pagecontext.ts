/** Says who reads a page and in which language, and sends the page. */
import { say } from '../reasons/render.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../reasons/language.ts';
import { chooseLanguage, LANGUAGE_COOKIE, namedLanguage } from './http/acceptlanguage.ts';
import { pathOf } from './http/requesttarget.ts';
import type { Settings } from '../model/config.ts';
import type { WebDeps } from './deps.ts';
import { mayUseForms } from './http/access.ts';
import { languageTag, type PageContext } from './ui/layout.tsx';
import { convertScript } from '../zh/convert.ts';
import type { Script } from '../model/entry.ts';
import { bringsSession } from './auth/cookie.ts';
import { speak } from './ui/words/site.ts';

export function contextOf(request: FastifyRequest, { now, config }: Pick<WebDeps, 'now' | 'config'>): PageContext {
  const language = chooseLanguage({
    query: (request.query ?? {}) as Record<string, unknown>,
    headers: request.headers,
  });
  const script = scriptAsked(request);
  const write = language === 'zh' && script === 'hant' ? toHant : asItIs;
  const speakIt = speak(language);
  const path = pathOf(request.url) ?? '/';
  const loggedIn = bringsSession(request);
  const desk = deskFor(config().settings.server, request.headers, loggedIn);
  return {
    language,
    say: (phrase, values) => write(speakIt(phrase, values)),
    tell: (reason) => write(say(reason, language)),
    script,
    now: now(),
    path,
    loggedIn,
    desk,
  };
}

const asItIs = (text: string): string => text;
const toHant = (text: string): string => convertScript(text, 'hant');

const SCRIPT_COOKIE = 'deltawire-script';
const SCRIPT_CHOSEN = new RegExp(`(?:^|;)\\s*${SCRIPT_COOKIE}=(hans|hant)\\s*(?:;|$)`);

const namedScript = (value: unknown): Script | null => (value === 'hans' || value === 'hant' ? value : null);

/** `?script=`, else the cookie; `?script=` with nothing is as published. */
function scriptAsked({ query, headers }: FastifyRequest): Script | null {
  const asked = (query as Readonly<Record<string, unknown>> | null)?.['script'];
  return asked === undefined ? namedScript(SCRIPT_CHOSEN.exec(headers.cookie ?? '')?.[1]) : namedScript(asked);
}

/** Who has not logged in is shown no way into the desk but the login, and none where no password would open it. */
function deskFor(
  server: Settings['server'],
  headers: FastifyRequest['headers'],
  loggedIn: boolean,
): PageContext['desk'] {
  if (mayUseForms(server, headers, loggedIn)) return 'shown';
  return server.admin === null ? 'closed' : 'login';
}

/** The language of JSON: English, which programs were written for, unless `?lang=` asks for another. */
export function languageAsked(request: FastifyRequest): Language {
  return namedLanguage((request.query as Readonly<Record<string, unknown>>)['lang']) ?? 'en';
}

/** The language of a line of text: as for pages, but English where the request says nothing. */
export function languageOfText(request: FastifyRequest): Language {
  return chooseLanguage({ query: (request.query ?? {}) as Record<string, unknown>, headers: request.headers }, 'en');
}

/** True where a browser asks for something to look at. */
export function wantsPage(request: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(request.headers.accept ?? '');
}

/** True where JSON is asked for, and a page is not. */
export function wantsJson(request: FastifyRequest): boolean {
  return /\bapplication\/json\b/i.test(request.headers.accept ?? '') && !wantsPage(request);
}

/** A few words for programs and for those who type addresses by hand; never cached. */
export function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(text);
}

export function sendPage(reply: FastifyReply, context: PageContext, html: string): FastifyReply {
  if (reply.getHeader('cache-control') === undefined) reply.header('cache-control', 'private, no-cache');
  for (const cookie of choicesOf(context)) reply.header('set-cookie', cookie);
  return reply
    .header('vary', [reply.getHeader('vary'), 'Accept-Language, Cookie'].filter(Boolean).join(', '))
    .header('content-language', languageTag(context))
    .type('text/html; charset=utf-8')
    .send(html);
}

/** Cookies that keep what this request chose; a choice of nothing ends its cookie. */
function choicesOf({ path, language, script }: PageContext): string[] {
  const keep = (name: string, value: string | null) =>
    `${name}=${value ?? ''}; Path=/; Max-Age=${value === null ? 0 : 31_536_000}; SameSite=Lax`;
  return [
    ...(/[?&]lang=(?:zh|en)(?:&|$)/.test(path) ? [keep(LANGUAGE_COOKIE, language)] : []),
    ...(/[?&]script=(?:hans|hant)?(?:&|$)/.test(path) ? [keep(SCRIPT_COOKIE, script)] : []),
  ];
}
