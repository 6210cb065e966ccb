/** Says a plain cron expression in words: every ten minutes, hourly, daily at a time. */
import type { Language } from './language.ts';

type Words = (zh: string, en: string) => string;

/** By the form of the expression, its first field being seconds; N is the number that differs. */
const FORMS: readonly (readonly [form: RegExp, say: (numbers: readonly number[], words: Words) => string])[] = [
  [/^\* \* \* \* \* \*$/, (_, words) => words('每秒', 'every second')],
  [/^\*\/(\d+) \* \* \* \* \*$/, ([n = 0], words) => every(n, words, '秒', 'second')],
  [/^\d+ \* \* \* \* \*$/, (_, words) => words('每分钟', 'every minute')],
  [/^\d+ \*\/(\d+) \* \* \* \*$/, ([n = 0], words) => every(n, words, '分钟', 'minute')],
  [/^\d+ (\d+) \* \* \* \*$/, ([n = 0], words) => words(`每小时第 ${n} 分`, `hourly at minute ${n}`)],
  [/^\d+ \d+ \*\/(\d+) \* \* \*$/, ([n = 0], words) => every(n, words, '小时', 'hour')],
  [
    /^\d+ (\d+) (\d+) \* \* \*$/,
    ([minute = 0, hour = 0], words) => {
      const time = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
      return words(`每天 ${time}`, `daily at ${time}`);
    },
  ],
];

/** With the expression in brackets; the expression alone where no few words say it. */
export function sayCron(expression: string, language: Language): string {
  const fields = expression.trim().split(/\s+/);
  const whole = (fields.length === 5 ? ['0', ...fields] : fields).join(' ');
  for (const [form, say] of FORMS) {
    const match = form.exec(whole);
    if (match === null) continue;
    const said = say(match.slice(1).map(Number), (zh, en) => (language === 'zh' ? zh : en));
    return language === 'zh' ? `${said}（${expression}）` : `${said} (${expression})`;
  }
  return expression;
}

function every(n: number, words: Words, zh: string, en: string): string {
  return n === 1 ? words(`每${zh}`, `every ${en}`) : words(`每 ${n} ${zh}`, `every ${n} ${en}s`);
}
