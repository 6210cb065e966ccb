/** Entries that look alike and tell different stories: one form filled anew, one headline on another day, digests. */
import type { Case } from './case.ts';
import { article, AT, DAY_MS, type Draft, exchange, fill, FORMS, join } from './made.ts';

function apart(name: string, one: Draft, other: Draft): Case {
  return { name: `different: ${name}`, drafts: [one, other], stories: 'ab' };
}

const steps = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);
const later = (draft: Draft, days: number): Draft => ({ ...draft, published: AT + days * DAY_MS });
const from = (source: string, draft: Draft): Draft => ({ ...draft, source });

export function different(): readonly Case[] {
  return [...forms(), ...longForms(), ...steps(24).flatMap(sequels)];
}

/** A form of one office or of two, filled for another town, person or day. */
function forms(): readonly Case[] {
  return FORMS.flatMap((form) =>
    steps(6).flatMap((seed) => {
      const [one, other] = [fill(form, seed), fill(form, seed + 20)];
      const sameTitle: Draft = { ...other, title: one.title ?? '' };
      const cases = [
        apart(`${form.name} under one headline ${seed}`, from('office', one), from('office', later(sameTitle, 1))),
        apart(`${form.name} on another day, mirrored ${seed}`, one, later(sameTitle, 1 + (seed % 3))),
      ];
      if (form.title.includes('{')) cases.push(apart(`${form.name} of two offices ${seed}`, one, other));
      if (form.daily !== true)
        cases.push(apart(`${form.name} of one office ${seed}`, from('office', one), from('office', other)));
      return cases;
    }),
  );
}

function sequels(seed: number): readonly Case[] {
  const { title, sentences } = article(seed, seed % 3 === 0);
  const text = join(sentences);
  const next = article(seed + 300, true);
  const share = (seed % 12) / 12;
  const standing = ['江淮夜话', '今日关注', '皖江观察', '市井长镜头'][seed % 4] ?? '';
  const [lead = '', ...rest] = sentences;
  return [
    apart(
      `standing headline ${seed}`,
      from('tv', { title: standing, text }),
      from('tv', later({ title: standing, text: join(next.sentences) }, 1)),
    ),
    apart(
      `sequel of one source ${seed}`,
      from('paper', { title, text }),
      from('paper', later({ title, text: join(exchange(sentences, 0.3 + 0.4 * share, seed)) }, 1)),
    ),
    apart(
      `background shared ${seed}`,
      { title, text },
      { title: next.title, text: join(exchange(sentences, 0.35 + 0.5 * share, seed)) },
    ),
    apart(
      `digest that holds it ${seed}`,
      { title, text },
      {
        title: `早报｜${next.title}等`,
        text: join([...next.sentences.slice(0, 4), ...sentences.slice(0, 2), ...next.sentences.slice(4, 8)]),
      },
    ),
    apart(
      `digest that begins with it ${seed}`,
      { title, text },
      { title: '江淮晚间播报', text: join([lead.slice(0, 20 + seed), ...next.sentences.slice(0, 6)]) },
    ),
    apart(
      `column at one address ${seed}`,
      { title: `要闻：${title.slice(0, 6)}`, text, link: 'https://a.example/today' },
      {
        title: `动态：${next.title.slice(0, 6)}`,
        text: join(exchange(sentences, 0.5 + 0.5 * share, seed)),
        link: 'https://a.example/today',
      },
    ),
    apart(
      `another line at one address ${seed}`,
      { title, link: 'https://a.example/flash' },
      { title: next.title, link: 'https://a.example/flash' },
    ),
    apart(
      `quote in two stories ${seed}`,
      { title, text },
      { title: next.title, text: join([...next.sentences.slice(0, 5), ...rest.slice(0, 2)]) },
    ),
  ];
}

/** A form so long that a few numbers and a name are hardly a twentieth of it. */
function longForms(): readonly Case[] {
  const rules = article(77, true).sentences.join('').replace(/\d/g, '');
  return steps(4).map((seed) => {
    const card = (city: string, n: number): Draft => ({
      title: `${city}市居民换领新版社保卡须知`,
      text: `${city}市${n}个网点开始换卡，每日限${n * 3}号，押金${n + 7}元。\n${rules}`,
    });
    return apart(`long form of two cities ${seed}`, card('芜湖', 30 + seed), card('蚌埠', 50 + 2 * seed));
  });
}
