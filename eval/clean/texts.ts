/** Labelled items: what of a text is its article. Each kind comes in sizes to both sides of where readers' judgement turns. */
import { createRecurrences } from '../../src/clean/article/recurring.ts';
import type { Outcome } from '../outcome.ts';
import { range } from '../range.ts';
import { bareLine, clean, DATED, html, IMAGE, link, open, plain, stays, tell, told } from './made.ts';

const NEWS = bareLine(14, 9);
const captionOf = (size: number, seed = 0) => `图为${told(size - 2, seed)}`;
const part = (text: string, share: number) => {
  const at = Math.round(text.length * share);
  return link(text.slice(0, at)) + text.slice(at);
};

function sentences(): readonly Outcome[] {
  return [
    ...range(9, 16).map((size) =>
      stays(`caption that tells alone ${size}`, html(IMAGE, captionOf(size)), captionOf(size), size >= 12),
    ),
    ...range(0.4, 0.78, 0.06).map((share) =>
      stays(
        `caption beside a line linked to ${share.toFixed(2)}`,
        html(IMAGE, captionOf(30), part(open(40, 3), share)),
        captionOf(30),
        share >= 0.6,
      ),
    ),
    ...range(44, 80, 4).map((size) =>
      stays(
        `first line of ${size} without a stop`,
        [open(size, 4), ...tell(5, 9)].join('\n'),
        open(size, 4),
        size >= 60,
        { wholePage: true },
      ),
    ),
    ...range(22, 40, 2).map((size) => {
      const line = `来源：江淮日报社的记者${told(size - 11, 1)}`;
      return stays(`told of a source in ${size}`, [...tell(2, 4), line, ...tell(5, 6)].join('\n'), line, size >= 30);
    }),
  ];
}

function bounds(): readonly Outcome[] {
  const above = range(1, 9);
  const marked = (
    name: string,
    mark: string,
    from: number,
    write: (...lines: readonly string[]) => string,
    last = '',
  ) =>
    above.map((k) => {
      const lines = tell(0, k);
      const upper = last === '' ? lines : [...lines.slice(0, -1), `${lines.at(-1)}${last}`];
      return stays(
        `${name} after ${k} of 10`,
        write(...upper, ...(mark === '' ? [] : [mark]), ...tell(k, 10)),
        told(30, 9),
        k < from,
      );
    });
  const body = (...lines: readonly string[]) => lines.join('\n');
  return [
    ...above.map((k) =>
      stays(
        `second date after ${k} of 10`,
        plain(...tell(0, k), '2021-06-10 10:00 来源：淮上网', ...tell(k, 10)),
        told(30, 0),
        k > 4,
      ),
    ),
    ...marked('related reading', '相关阅读', 5, plain),
    ...marked('end mark of a body', '- END -', 6, body),
    ...marked('notice of copyright', '转载请注明出处', 8, html),
    ...marked('editor', '责任编辑：张三', 6, plain),
    ...marked('end in brackets', '', 5, plain, '（完）'),
    ...range(1, 10).map((count) =>
      stays(
        `box of ${count} links`,
        html(
          ...tell(0, 6),
          '相关阅读',
          ...range(1, count).map((n) => `<p>${link(bareLine(12, n))}</p>`),
          ...tell(6, 9),
        ),
        told(30, 8),
        count <= 6,
      ),
    ),
    ...range(0.5, 0.98, 0.04).map((share) =>
      stays(
        `box with a line linked to ${share.toFixed(2)}`,
        html(...tell(0, 6), '相关阅读', `<p>${part(bareLine(50, 2), share)}</p>`, ...tell(6, 9)),
        told(30, 8),
        share >= 0.8,
      ),
    ),
    ...range(1, 5).map((count) =>
      stays(`headline below ${count} paragraphs`, plain(...tell(0, count), NEWS), NEWS, count < 2),
    ),
    ...range(1, 9).map((count) =>
      stays(
        `headline below ${count} of 10 lines with a stop`,
        plain(told(30, 0), ...range(count, 8).map((n) => bareLine(20, n)), ...tell(1, count), NEWS),
        NEWS,
        count < 5,
      ),
    ),
  ];
}

function kept(): readonly Outcome[] {
  const indented = (from: number, to: number) => tell(from, to).map((line) => `　　${line}`);
  return [
    ...range(1, 6).map((count) =>
      stays(
        `${count} pictures`,
        html(told(30, 0), ...range(1, count).flatMap((n) => [IMAGE, captionOf(32, n)])),
        captionOf(32, 1),
        count >= 3,
      ),
    ),
    ...range(40, 80, 4).map((size) =>
      stays(
        `centred line of ${size}`,
        html(...tell(0, 2), IMAGE, `<p align="center">${open(size, 3)}</p>`, ...tell(2, 6), '责任编辑：张三'),
        open(size, 3),
        size > 60,
        { wholePage: true },
      ),
    ),
    ...range(16, 32, 2).map((size) =>
      stays(
        `line of ${size} without indent`,
        plain(...indented(0, 3), bareLine(size, 4), ...indented(3, 6)),
        bareLine(size, 4),
        size > 24,
      ),
    ),
    ...range(2, 5).map((count) =>
      stays(
        `line among ${count} indented`,
        plain(...indented(0, count - 1), NEWS, ...indented(count, count + 1)),
        NEWS,
        count < 3,
      ),
    ),
    ...range(0, 4).map((count) =>
      stays(
        `line among 10 indented but for ${count}`,
        plain(...indented(0, 9 - count), ...tell(20, 20 + count), NEWS, ...indented(9, 10)),
        NEWS,
        count > 1,
      ),
    ),
    ...range(12, 28, 2).map((size) =>
      stays(
        `line of ${size} twice`,
        [told(size, 0), told(30, 1), told(size, 0), told(30, 2)].join('\n'),
        `${told(30, 1)}\n${told(size, 0)}`,
        size < 20,
      ),
    ),
    ...range(50, 110, 5).map((size) =>
      stays(
        `sentence of ${size} in a box for sharing`,
        html(...tell(0, 2), `<div class="share"><p>${told(size, 5)}</p></div>`, told(30, 3)),
        told(size, 5),
        size > 80,
      ),
    ),
    ...range(10, 24).map((size) =>
      stays(
        `sentence of ${size} in a box that is hot`,
        html(...tell(0, 2), `<div class="hot"><p>${told(size, 5)}</p></div>`, told(30, 3)),
        told(size, 5),
        size >= 16,
      ),
    ),
    ...range(0.1, 0.5, 0.04).map((share) =>
      stays(
        `hot sentence linked to ${share.toFixed(2)}`,
        html(...tell(0, 2), `<div class="hot"><p>${part(told(50, 5), share)}</p></div>`, told(30, 3)),
        told(50, 5),
        share < 0.3,
      ),
    ),
    ...range(0.5, 0.98, 0.04).map((share) =>
      stays(
        `list linked to ${share.toFixed(2)}`,
        html(
          ...tell(0, 4),
          `<ul><li>${part(bareLine(25, 7), share)}</li><li>${part(bareLine(25, 8), share)}</li></ul>`,
          ...tell(4, 6),
        ),
        bareLine(25, 7),
        share <= 0.8,
      ),
    ),
    ...range(100, 180, 8).map((size) =>
      stays(
        `caption of ${size}`,
        html(...tell(0, 8), IMAGE, captionOf(size, 11), told(30, 9)),
        captionOf(size, 11),
        size > 140,
      ),
    ),
    ...range(1, 5).map((count) => {
      const caption = `图为${tell(0, count, 18).join('')}`;
      return stays(
        `caption of ${count} sentences`,
        html(...tell(20, 26), IMAGE, caption, told(30, 9)),
        caption,
        count > 3,
      );
    }),
    ...range(26, 52, 2).map((size) => {
      const credit = `${bareLine(size - 11, 3)}江海社记者 张大民 摄`;
      return stays(
        `credit of ${size}`,
        html(...tell(0, 2), tell(5, 10).join('') + credit, ...tell(10, 12)),
        '张大民',
        size >= 40,
      );
    }),
    ...range(42, 80, 2).map((size) => {
      const paragraph = `雪落了。风停了。${told(size - 19, 5)}江海社记者 张大民 摄`;
      return stays(
        `credit in a paragraph of ${size}`,
        html(...tell(0, 2), paragraph, ...tell(5, 8)),
        '张大民',
        size <= 60,
      );
    }),
  ];
}

function containers(): readonly Outcome[] {
  const page = (...parts: readonly string[]) => `<html><body><p>${DATED}</p>${parts.join('')}</body></html>`;
  const box = (name: string, lines: readonly string[]) => `<div class="${name}">${html(...lines)}</div>`;
  return [
    ...range(10, 19).map((k) =>
      stays(
        `second story of ${20 - k} in 20`,
        page(box('a', tell(0, k)), box('b', tell(k, 20))),
        told(30, 19),
        k < 15,
        { wholePage: true },
      ),
    ),
    ...range(2, 6, 0.25).map((times) =>
      stays(
        `sidebar ${times} times as long`,
        page(box('a', tell(0, 4)), box('sidebar', [told(Math.round(120 * times), 7)])),
        told(120 * times, 7).slice(0, 20),
        times >= 4,
        { wholePage: true },
      ),
    ),
    ...range(16, 36, 2).map((size) =>
      stays(
        `verse of ${size}`,
        page(
          box(
            'a',
            range(0, 3).map((n) => bareLine(size, n)),
          ),
          box('b', tell(8, 11)),
        ),
        bareLine(size, 0),
        size >= 25,
        { wholePage: true },
      ),
    ),
  ];
}

function edges(): readonly Outcome[] {
  const always = { isRecurring: () => true };
  const close = (count: number) => tell(10, 10 + count, 16);
  const days = ['湿地', '地铁', '博物馆', '粮食', '港口', '高校', '医院', '古桥', '新茶', '渔场'];
  const verbs = [
    '完成扩建',
    '迎来旺季',
    '启动普查',
    '换上新颜',
    '公布方案',
    '增加班次',
    '招募义工',
    '通过验收',
    '推迟开放',
    '获得嘉奖',
  ];
  const footer = '江淮观察每天为您梳理本地要闻，欢迎拨打读者服务专线与我们联系。';
  const seen = (entries: number, perDay: number) => {
    const recurrences = createRecurrences(null);
    let text = '';
    for (const n of range(0, entries - 1)) {
      const [subject, verb] = [days[n % 10], verbs[n % 10]];
      const cleaned = clean(
        {
          id: `${n}`,
          title: `${subject}${n}期${verb}`,
          content: html(
            `${subject}的负责人${verb}之后接受了采访，谈到了接下来半年的打算。`,
            `${verb}花了十一个月，${subject}周边的居民说，日子方便多了，也热闹多了。`,
            `据介绍，${subject}明年还会${verbs[9 - (n % 10)]}。`,
            footer,
          ),
          published: Date.UTC(2026, 2, 2 + Math.floor(n / perDay), 4),
        },
        { isRecurring: recurrences.isRecurring },
      );
      recurrences.note(cleaned, 0);
      text = cleaned.entry.text;
    }
    return text.includes(footer);
  };
  return [
    ...range(7, 14).map((size) =>
      stays(`footer of ${size}`, html(...tell(0, 12), told(size, 8)), told(size, 8), size < 10, always),
    ),
    ...range(120, 200, 8).map((size) =>
      stays(`footer of ${size}`, html(...tell(0, 25), told(size, 8)), told(size, 8), size > 160, always),
    ),
    ...range(1, 4).map((count) =>
      stays(
        `${count} lines above`,
        html(...range(1, count).map((n) => bareLine(11, n)), ...tell(0, 15)),
        bareLine(11, count),
        count > 2,
        always,
      ),
    ),
    ...range(3, 8).map((count) =>
      stays(`${count} lines below`, html(...tell(0, 9), ...close(count)), close(count)[0] ?? '', count > 5, always),
    ),
    ...range(2, 5).map((count) =>
      stays(
        `article of ${count} blocks`,
        html(told(90, 0), ...close(count - 1)),
        close(count - 1).at(-1) ?? '',
        count < 3,
        always,
      ),
    ),
    ...range(0.3, 0.7, 0.05).map((share) =>
      stays(
        `footers of ${share.toFixed(2)}`,
        html(...tell(0, 1, Math.round(300 * (1 - share))), IMAGE, ...tell(10, 12, Math.round(150 * share))),
        told(Math.round(150 * share), 11),
        share > 0.5,
        always,
      ),
    ),
    ...range(4, 10).map((count) => ({ item: `footer on ${count} entries`, want: count < 7, got: seen(count, 1) })),
    ...range(1, 5).map((dayCount) => ({
      item: `footer on ${dayCount} days`,
      want: dayCount < 3,
      got: seen(10, Math.ceil(10 / dayCount)),
    })),
  ];
}

export const texts = (): readonly Outcome[] => [...sentences(), ...bounds(), ...kept(), ...containers(), ...edges()];
