/** Chooses the language of pages by what the request says. */
import type { Language } from '../../reasons/language.ts';

export const LANGUAGE_COOKIE = 'deltawire-lang';
const COOKIE = new RegExp(`(?:^|;)\\s*${LANGUAGE_COOKIE}=(zh|en)\\s*(?:;|$)`);

export function namedLanguage(value: unknown): Language | null {
  return value === 'zh' || value === 'en' ? value : null;
}

interface Asking {
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: { readonly cookie?: string | undefined; readonly 'accept-language'?: string | undefined };
}

/** `?lang=`, else the cookie, else Accept-Language, else `otherwise`. */
export function chooseLanguage(request: Asking, otherwise: Language = 'zh'): Language {
  const cookie = COOKIE.exec(request.headers.cookie ?? '');
  return (
    namedLanguage(request.query['lang']) ??
    namedLanguage(cookie?.[1]) ??
    preferred(request.headers['accept-language']) ??
    otherwise
  );
}

/** Best by weight (RFC 9110 §12.5.4); the first of equals. Null where neither is wanted. */
function preferred(header: string | undefined): Language | null {
  let best: { readonly language: Language; readonly weight: number } | null = null;
  for (const part of (header ?? '').slice(0, 500).toLowerCase().split(',')) {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim());
    const language = namedLanguage(range.split('-')[0]);
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const weight = q === undefined ? 1 : Number(q);
    if (language !== null && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? null;
}
