/** Labelled items: which rows of a page are its news, and whether it is one list or a front of many. */
import type { Outcome } from '../outcome.ts';
import { range } from '../range.ts';
import { box, dayOf, datedPath, gives, has, many, page, plainPath, row, type RowForm, sized, SITE } from './made.ts';

const links = (from: number, count: number, path = plainPath): readonly string[] => many(count, (n) => path(from + n));

interface Forms {
  readonly main: RowForm;
  readonly side: RowForm;
}

/** How a list and the column beside it give their days. */
const KINDS: Readonly<Record<string, Forms>> = {
  'days in the rows of the list': { main: { isDated: true }, side: {} },
  'days in the rows, short ones beside': { main: { isDated: true }, side: { title: (n) => sized(n, 7) } },
  'no days, short ones beside': { main: {}, side: { title: (n) => sized(n, 7) } },
};

/** A list of so many rows, and beside it one of so many: the list is its news. */
function besideColumns(): readonly Outcome[] {
  return Object.entries(KINDS).flatMap(([kind, { main, side }]) =>
    range(6, 30, 8).flatMap((rows) =>
      range(2, 26, 8).map((beside) =>
        gives(
          `${kind}: ${rows} beside ${beside}`,
          page(`<div>${box('list', 0, rows, main)}</div>`, `<div>${box('side', 100, beside, side)}</div>`),
          links(0, rows, main.path),
        ),
      ),
    ),
  );
}

/** A site's own list without days, beside a partner's column with days: the list is its news. */
function besidePartners(): readonly Outcome[] {
  const path = (n: number): string => `https://www.partner-demo.com${plainPath(n)}`;
  return range(2, 12).map((beside) =>
    gives(
      `own list of 24 beside ${beside} of a partner with days`,
      page(`<div>${box('list', 0, 24)}</div>`, `<div>${box('side', 100, beside, { path, isDated: true })}</div>`),
      links(0, 24),
    ),
  );
}

/** Columns of most read news, many of them: a list all the same where it alone shows days. */
function amongColumns(): readonly Outcome[] {
  return range(4, 11).flatMap((columns) => [
    gives(
      `a dated list and ${columns} columns`,
      page(
        box('list', 0, 20, { isDated: true, path: datedPath }),
        ...many(columns, (n) => box(`r${'abcdefghijkl'[n] ?? ''}`, 100 + n * 10, 8, { path: datedPath })),
      ),
      links(0, 20, datedPath),
    ),
    gives(
      `a list without days and ${columns} columns`,
      page(
        box('list', 0, 24, { path: datedPath }),
        ...many(columns, (n) => box(`r${'abcdefghijkl'[n] ?? ''}`, 100 + n * 10, 4, { path: datedPath })),
      ),
      links(0, 24, datedPath),
    ),
    gives(
      `the dated list of a host's front page and ${columns} columns`,
      page(
        box('list', 0, 20, { isDated: true, path: datedPath }),
        ...many(columns, (n) => box(`r${'abcdefghijkl'[n] ?? ''}`, 100 + n * 10, 8, { path: datedPath })),
      ),
      links(0, 20, datedPath),
      `${SITE}/`,
    ),
  ]);
}

/** Blocks of one size or of several: the front page's news are those of all. */
function fronts(): readonly Outcome[] {
  const front = (sizes: readonly number[], form: RowForm): readonly [string, readonly string[]] => {
    const starts = sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0));
    return [
      page(
        ...sizes.map((size, at) => `<div>${box(`part${'abcdefghijkl'[at] ?? ''}`, starts[at] ?? 0, size, form)}</div>`),
      ),
      sizes.flatMap((size, at) => links(starts[at] ?? 0, size, form.path)),
    ];
  };
  return [SITE + '/', CHANNEL_OF_PARTS].flatMap((url) =>
    range(8, 40, 8).flatMap((size) =>
      [{ path: datedPath }, { path: datedPath, isDated: true }].flatMap((form) =>
        [
          [size, 8, 8, 8],
          [size, 6, 4, 3, 3],
          [size, 3],
        ].map((sizes) => {
          const [html, all] = front(sizes, form);
          return gives(
            `front of ${sizes.join('+')}${form.isDated === true ? ' with days' : ''} at ${url}`,
            html,
            all,
            url,
          );
        }),
      ),
    ),
  );
}
const CHANNEL_OF_PARTS = `${SITE}/yz/index.html`;

/** Names of boxes and elements, which say what is the list where the rows do not. */
function named(): readonly Outcome[] {
  const twin = (first: string, second: string, count: number, less: number): string =>
    page(
      `${first}<ul>${many(count, (n) => row(n)).join('')}</ul>${first.startsWith('<aside') ? '</aside>' : '</div>'}`,
      `${second}<ul>${many(count - less, (n) => row(100 + n)).join('')}</ul>${second.startsWith('<aside') ? '</aside>' : '</div>'}`,
    );
  const main = '<div class="z1">';
  return range(4, 16, 4).flatMap((less) =>
    [
      ['hot', '<div class="hot">'],
      ['side rank', '<div class="side rank">'],
      ['aside', '<aside>'],
      ['aside of class rank', '<aside class="rank">'],
      ['aside in aside', '<aside><aside class="rank hot">'],
    ].flatMap(([name = '', beside = '']) => [
      gives(`beside ${name}, ${less} less`, twin(main, beside, 24, less), links(0, 24)),
      gives(`called list beside ${name}, ${less} less`, twin('<div class="list">', beside, 24, less), links(0, 24)),
      gives(
        `called list of news beside ${name}, ${less} less`,
        twin('<div class="news list">', beside, 24, less),
        links(0, 24),
      ),
    ]),
  );
}

/** Days in so many of a list's rows, with a column beside it. */
function halfDated(): readonly Outcome[] {
  return range(4, 20, 8).flatMap((rows) =>
    range(3, 7).map((tenths) => {
      const list = many(20, (n) => row(n, { isDated: n % 10 < tenths })).join('');
      const html = page(`<ul class="list">${list}</ul>`, box('side', 100, rows));
      return gives(`days in ${tenths} of 10 rows beside ${rows}`, html, links(0, 20));
    }),
  );
}

/** Tickers in the box of the navigation, above the news of a front page. */
function mastheads(): readonly Outcome[] {
  const front = many(4, (n) => box(`part${'abcd'[n] ?? ''}`, n * 10, 9, { path: datedPath }));
  const all = many(4, (n) => links(n * 10, 9, datedPath)).flat();
  const top = (ticker: number, channels: number, letters: number): string =>
    page(
      `<div><div class="words"><ul>${many(ticker, (n) => row(200 + n, { path: datedPath })).join('')}</ul></div><div>${many(
        channels,
        (n) => `<li><a href="/c${n}/">${'淡水乡土风物志略'.slice(0, letters)}</a></li>`,
      ).join('')}</div></div>`,
      ...front,
    );
  return [
    ...range(6, 14).map((ticker) =>
      ticker <= 10
        ? gives(`ticker of ${ticker}`, top(ticker, 10, 3), all, `${SITE}/`)
        : has(
            `block of ${ticker} beside channels`,
            top(ticker, 10, 3),
            links(200, ticker, datedPath),
            true,
            `${SITE}/`,
          ),
    ),
    ...range(4, 12).map((channels) =>
      has(
        `ticker of 3 above ${channels} channels`,
        top(3, channels, 3),
        links(200, 3, datedPath),
        channels < 8,
        `${SITE}/`,
      ),
    ),
    ...range(2, 8).map((letters) =>
      has(
        `ticker of 3 above channels of ${letters} characters`,
        top(3, 10, letters),
        links(200, 3, datedPath),
        letters > 6,
        `${SITE}/`,
      ),
    ),
  ];
}

/** Tabs of another site in the list's place, seen and hidden. */
function tabs(): readonly Outcome[] {
  const tab = (style: string, rows: readonly string[]): string =>
    `<div class="tab"${style}><ul>${rows.join('')}</ul></div>`;
  const own = many(12, (n) => row(n, { isDated: true }));
  return range(0, 12, 2).flatMap((mixed) =>
    ['https://sub.danshui-demo.cn', 'https://www.partner-demo.com'].flatMap((site) =>
      [false, true].map((hidden) => {
        const path = (n: number): string => `${n - 100 < mixed ? '' : site}${plainPath(n)}`;
        const other = many(12, (n) => row(100 + n, { isDated: true, path }));
        const foreign = links(100, 12, path).filter((one) => one.startsWith(site));
        const html = page(`<div>${tab('', own)}${tab(hidden ? ' style="display:none"' : '', other)}</div>`);
        const isNear = site.includes('danshui');
        return has(
          `tab with ${mixed} of 12 its own, others of ${isNear ? 'its domain' : 'another'}, ${hidden ? 'hidden' : 'seen'}`,
          html,
          foreign.length === 0 ? links(100, 12) : foreign,
          mixed >= 9 || (isNear && !hidden),
        );
      }),
    ),
  );
}

/** Few rows: from how many on they are a list. */
function few(): readonly Outcome[] {
  const short = (rows: number, size: number): Outcome =>
    gives(
      `${rows} rows with days, headlines of ${size}`,
      page(box('list', 0, rows, { isDated: true, path: datedPath, title: (n) => sized(n, size) })),
      size < 8 ? [] : links(0, rows, datedPath),
    );
  return [
    ...range(1, 8).map((rows) => gives(`${rows} rows`, page(box('list', 0, rows)), rows < 3 ? [] : links(0, rows))),
    ...range(1, 8).map((rows) =>
      gives(`${rows} rows with days`, page(box('list', 0, rows, { isDated: true })), links(0, rows)),
    ),
    ...range(4, 12).flatMap((size) => [short(1, size), short(2, size)]),
  ];
}

/** Front pages of hosts that are one dated list with columns, small and large. */
function roots(): readonly Outcome[] {
  return range(20, 60, 20).flatMap((rows) =>
    range(10, 90, 10).map((beside) =>
      gives(
        `a host's one dated list of ${rows}, beside ${beside} without`,
        page(
          box('list', 0, rows, { isDated: true, path: datedPath }),
          ...many(beside / 10, (n) => box(`r${'abcdefghijkl'[n] ?? ''}`, 100 + n * 10, 10, { path: datedPath })),
        ),
        beside <= 50 ? links(0, rows, datedPath) : [...links(0, rows, datedPath), ...links(100, beside, datedPath)],
        `${SITE}/`,
      ),
    ),
  );
}

/** Rows among a list's that are none of it, so many of twenty. */
function outsiders(): readonly Outcome[] {
  const partner = 'https://shop.partner-demo.com';
  const kinds: readonly (readonly [string, (n: number) => string, boolean])[] = [
    ['advertisements', (n) => `${partner}/item/${90_000 + n}.html`, false],
    ['advertisements with a short number', (n) => `${partner}/p/${90 + n}.html`, false],
    ['fixed links', (n) => `/fw/${n}.html`, false],
    ['fixed links with a number', (n) => `/fw/${310 + n}.html`, false],
    ['fixed documents', (n) => `/fw/${n}.pdf`, false],
    [
      'other outlets’ news',
      (n) => `https://www.partner-demo.com/news/${dayOf(n).replaceAll('-', '')}/${7300 + n}.html`,
      true,
    ],
    ['other outlets’ numbered news', (n) => `https://www.partner-demo.com/article/${480_100 + n}.html`, true],
    ['further news', (n) => `/zw/${480_100 + n}.html`, true],
  ];
  return kinds.flatMap(([kind, path, isNews]) =>
    range(4, 12, 4).flatMap((count) =>
      [true, false].map((isDated) => {
        const rows = many(20, (n) => (n < count ? row(n, { path }) : row(n, { isDated })));
        const shuffled = many(20, (n) => rows[(n * 7) % 20] ?? '');
        const html = page(`<ul class="list">${shuffled.join('')}</ul>`);
        const isForeign = !path(0).startsWith('/');
        const want = isNews && (!isDated || !isForeign);
        return has(`${count} of 20 are ${kind}${isDated ? ', rows with days' : ''}`, html, many(count, path), want);
      }),
    ),
  );
}

export const choices = (): readonly Outcome[] => [
  ...besideColumns(),
  ...besidePartners(),
  ...amongColumns(),
  ...fronts(),
  ...named(),
  ...halfDated(),
  ...mastheads(),
  ...tabs(),
  ...few(),
  ...roots(),
  ...outsiders(),
];
