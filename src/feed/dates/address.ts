/** Turns the date in an article's address (/20210609/, /2024-05/01/, t20190211_) into a date text. */

const PATTERNS: readonly RegExp[] = [
  /(?<!\d)((?:19|20)\d{2})[-/_.](\d{1,2})[-/_.](\d{1,2})(?!\d)/,
  /(?<!\d)((?:19|20)\d{2})[-/_.]?(\d{2})[-/_.]?(\d{2})(?!\d)/,
  /\/((?:19|20)\d{2})\/(\d{2})(\d{2})\//,
  // 163.com: /20/0802/14/.
  /\/([12]\d)\/(\d{2})(\d{2})\/\d{2}\//,
  // content_20210609123456.html and the like: a stamp with a time behind it.
  /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})\d{4,6}(?!\d)/,
];

/** The date as YYYY-MM-DD; null where the address has none that is possible. */
export function dateInAddress(address: string): string | null {
  const path = address.replace(/^[a-z]+:\/\/[^/]*/i, '');
  for (const pattern of PATTERNS) {
    const [, year = '', month = '', day = ''] = pattern.exec(path) ?? [];
    if (year === '' || Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) continue;
    return `${year.length === 2 ? '20' : ''}${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  }
  return null;
}
