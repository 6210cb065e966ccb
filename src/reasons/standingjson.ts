/** Writes where an entry stands as `/api/why` and `deltawire why --json` give it. */
import type { StoredReason } from '../model/reason.ts';
import type { Language } from './language.ts';
import { say } from './render.ts';
import type { Standing } from '../model/standing.ts';

/** The first of `standings` is what was asked for; others of the same address or title follow. There is one at least. */
export function whyJson([first, ...others]: readonly [Standing, ...Standing[]], language: Language): object {
  return { ...standingJson(first, language), others: others.map((one) => standingJson(one, language)) };
}

function standingJson({ entry, title, link, source, story, ...standing }: Standing, language: Language): object {
  return {
    entry: { id: entry, title, link, source, story },
    in: standing.in.map(({ why, ...where }) => ({ ...where, ...reasonJson(why, language) })),
    out: standing.out.map(({ why, ...where }) => ({ ...where, ...reasonJson(why, language) })),
  };
}

/** The sentence, and the data that it was made of. What an older version stored is a sentence alone. */
function reasonJson(why: StoredReason, language: Language): object {
  const data = typeof why === 'string' ? null : why;
  return { detail: say(why, language), code: data?.code ?? null, params: data?.params ?? {} };
}
