/** Entries that tell one story, each kind in many sizes: reprints, excerpts, flashes, own endings, later tolls. */
import type { Case } from './case.ts';
import { article, AT, DAY_MS, type Draft, exchange, fill, FORMS, join } from './made.ts';

const HOUR_MS = DAY_MS / 24;

/** A pair under one headline, from two outlets on one day unless `other` says otherwise. */
function pair(name: string, one: Draft, other: Draft): Case {
  return { name: `same: ${name}`, drafts: [one, other], stories: 'aa' };
}

const steps = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

export function same(): readonly Case[] {
  return steps(24).flatMap((seed) => {
    const { title, sentences } = article(seed, seed % 3 === 0);
    const text = join(sentences);
    const whole: Draft = { title, text };
    const other = article(seed + 500).title;
    const at = seed % 24;
    const share = (seed % 12) / 12;
    const [lead = '', ...rest] = sentences;
    return [
      pair(`copy ${seed}`, whole, { title: `${title}_皖江在线`, text: `${text}\n责任编辑：样本` }),
      pair(`excerpt ${seed}`, whole, { title, text: text.slice(0, 30 + at * 8) }),
      pair(`end of it ${seed}`, whole, { title: `“${lead.slice(0, 8)}”`, text: join(sentences.slice(1 + (seed % 3))) }),
      pair(`under another headline ${seed}`, whole, { title: other, text: join(exchange(sentences, 0.05, seed)) }),
      pair(`another day ${seed}`, whole, {
        title,
        text: join(exchange(sentences, 0.15, seed)),
        published: AT + 3 * DAY_MS,
      }),
      pair(`own part of ${share.toFixed(2)} ${seed}`, whole, {
        title,
        text: join(exchange(sentences, share * 0.75, seed)),
      }),
      pair(`word inserted, own part ${seed}`, whole, {
        title: `记者探访：${title}`,
        text: join(exchange(sentences, share * 0.5, seed)),
      }),
      pair(`headline turned, own part ${seed}`, whole, {
        title: turn(title),
        text: join(exchange(sentences, share * 0.3, seed)),
      }),
      pair(`flash ${seed}`, whole, {
        title,
        text: `${lead.slice(0, 12 + at)}，现场情况正在了解，请关注本台稍后的报道，也欢迎目击者拨打热线讲述所见所闻，我们会尽快核实。`,
      }),
      pair(`late excerpt ${seed}`, whole, { title, text: `${lead}${rest[0] ?? ''}`, published: AT + 14 * HOUR_MS }),
      pair(`late reprint ${seed}`, whole, { title, text: text.slice(0, -5), published: AT + 12 * DAY_MS }),
      pair(`own beginning ${seed}`, whole, {
        title: other,
        text: `${article(seed + 900).sentences[0] ?? ''}\n${text}`,
      }),
      pair(`beginning under a turned headline ${seed}`, whole, {
        title: turn(title),
        text: text.slice(0, 60 + 6 * at),
      }),
      pair(`beginning under a headline with a word changed ${seed}`, whole, {
        title: `${title.slice(0, -3)}情况`,
        text: text.slice(0, 60 + 6 * at),
      }),
      pair(`its end under a headline with a word more ${seed}`, whole, {
        title: `记者探访：${title}`,
        text: join(sentences.slice(-1 - (seed % 3))),
      }),
      pair(`a clause of it under a headline with a word more ${seed}`, whole, {
        title: `记者探访：${title}`,
        text: `${text.split(/[，。、：]/)[2] ?? ''}，${text.split(/[，。、：]/)[3] ?? ''}。现场人不少。`,
      }),
      pair(
        `headline alone, a word inserted ${seed}`,
        { title },
        // No word is put within a number.
        { title: title.replace(new RegExp(`^.{${at % 9}}\\d*`), (head) => `${head}当地`) },
      ),
    ].concat(tolls(seed));
  });
}

/** Texts of many clauses, of which another outlet has the last few under a headline with a word more. */
export function longer(): readonly Case[] {
  return steps(24).map((seed) => {
    const { title } = article(seed);
    const sentences = [0, 300, 700].flatMap((more) => article(seed + more, more === 0 && seed % 3 === 0).sentences);
    return pair(
      `end of a long one ${seed}`,
      { title, text: join(sentences) },
      {
        title: `记者探访：${title}`,
        text: join(sentences.slice(-2 - (seed % 3))),
      },
    );
  });
}

/** A headline of the same words in another order. */
function turn(title: string): string {
  const [front = '', back = ''] = title.split(/[ ，：]/);
  return back === '' ? `${title.slice(4)}：${title.slice(0, 6)}` : `${back} ${front}`;
}

function tolls(seed: number): readonly Case[] {
  if (seed > 6) return [];
  const { sentences } = article(seed + 40);
  const report = (count: number): Draft => ({
    title: `${['巢湖', '太湖', '洪泽湖', '千岛湖', '瓦埠湖', '高邮湖'][seed - 1] ?? ''}一货船侧翻 已致${count}人受伤`,
    text: `${join(sentences)}\n目前共有${count}人受伤，均已送医。${seed % 2 === 0 ? `救援投入${count + 20}人。` : ''}`,
  });
  return [pair(`toll ${seed}`, report(seed), report(seed + 1))];
}

/** The same bulletin in two outlets: one changes a word of the headline or drops a sentence. */
export function mirrored(): readonly Case[] {
  return FORMS.flatMap((form, i) =>
    steps(4).flatMap((seed) => {
      const one = fill(form, seed);
      const text = one.text ?? '';
      return [
        pair(`${form.name} mirrored ${seed}`, one, { title: `${one.title}（转）`, text }),
        pair(`${form.name} shortened ${seed}`, one, {
          title: one.title ?? '',
          text: text.slice(0, text.indexOf('\n') + 20 * (i + 1)),
        }),
      ];
    }),
  );
}
