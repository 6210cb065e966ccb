import { reason } from '../../src/reasons/catalogue.ts';
import { say, sayAll } from '../../src/reasons/render.ts';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeAs } from '../../src/feed/bytes/charsets.ts';
import { decodeBytes } from '../../src/feed/bytes/decode.ts';

const HANS =
  '合肥今天的新闻：长三角的科技创新与经济发展，市民可以在网上看到更多的内容。这是一个好的开始，我们都在努力工作。';
const HANT =
  '臺灣的新聞：這個城市的經濟與文化發展，我們可以在網路上看到更多的內容。這是一個好的開始，大家都在努力工作。';
const JAPANESE = 'これは日本語のニュースです。きょうのてんきはよいでしょう。';
const KOREAN = '이것은 한국어 뉴스입니다. 오늘의 날씨는 맑고 기온은 높겠습니다.';
const RUSSIAN = 'Сегодня в городе прошла встреча представителей нескольких областей';

const rss = (text: string, label = ''): string =>
  `<?xml version="1.0"${label === '' ? '' : ` encoding="${label}"`}?><rss version="2.0"><channel><title>${text}</title></channel></rss>`;
const wide = (text: string, charset: string, addBOM = false): Uint8Array => iconv.encode(text, charset, { addBOM });

describe('decodeBytes', () => {
  it.each([
    ['UTF-8', Buffer.from(rss(HANS)), '', 'utf-8', HANS],
    ['UTF-8 labelled gb2312', Buffer.from(rss(HANS, 'gb2312')), '', 'utf-8', HANS],
    ['UTF-8 under a GBK header', Buffer.from(rss(HANS)), 'text/xml; charset=GBK', 'utf-8', HANS],
    ['GBK labelled gb2312', wide(rss(HANS, 'gb2312'), 'gbk'), '', 'gb18030', HANS],
    ['four-byte GB18030 labelled gb2312', wide(rss('𠮷野家㐂', 'gb2312'), 'gb18030'), '', 'gb18030', '𠮷野家㐂'],
    ['GBK in the header only', wide(rss(HANS), 'gbk'), 'text/xml; charset=gb2312', 'gb18030', HANS],
    ['GBK without a label', wide(rss(HANS), 'gbk'), '', 'gb18030', HANS],
    ['GBK labelled UTF-8', wide(rss(HANS, 'UTF-8'), 'gbk'), '', 'gb18030', HANS],
    ['GBK labelled iso-8859-1', wide(rss(HANS, 'iso-8859-1'), 'gbk'), '', 'gb18030', HANS],
    ['Big5 labelled', wide(rss(HANT, 'big5'), 'big5'), '', 'big5', HANT],
    ['Big5 without a label', wide(rss(HANT), 'big5'), '', 'big5', HANT],
    ['Shift_JIS without a label', wide(rss(JAPANESE), 'shift_jis'), '', 'shift_jis', JAPANESE],
    ['EUC-JP without a label', wide(rss(JAPANESE), 'euc-jp'), '', 'euc-jp', JAPANESE],
    ['EUC-KR without a label', wide(rss(KOREAN), 'euc-kr'), '', 'euc-kr', KOREAN],
    ['KOI8-R without a label', wide(rss(RUSSIAN), 'koi8-r'), '', 'koi8-r', RUSSIAN],
    ['windows-1251 labelled', wide(rss(RUSSIAN, 'windows-1251'), 'windows-1251'), '', 'windows-1251', RUSSIAN],
    [
      'windows-1252 quotes labelled Latin-1',
      wide(rss('it’s café', 'iso-8859-1'), 'windows-1252'),
      '',
      'windows-1252',
      'it’s café',
    ],
    ['UTF-16LE with BOM', wide(rss(HANS, 'utf-16'), 'utf-16le', true), '', 'utf-16le', HANS],
    ['UTF-16BE with BOM', wide(rss(HANS, 'utf-16'), 'utf-16be', true), '', 'utf-16be', HANS],
    ['UTF-16LE without BOM', wide(rss(HANS), 'utf-16le'), '', 'utf-16le', HANS],
    ['UTF-16BE without BOM', wide(rss(HANS), 'utf-16be'), '', 'utf-16be', HANS],
    ['UTF-32LE with BOM', wide(rss(HANS), 'utf-32le', true), '', 'utf-32le', HANS],
    ['UTF-32BE without BOM', wide(rss(HANS), 'utf-32be'), '', 'utf-32be', HANS],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${rss(HANS)}`), '', 'utf-8', HANS],
    ['iso-2022-jp', Buffer.from('<rss><title>\x1b$B$3$l\x1b(B</title></rss>', 'latin1'), '', 'iso-2022-jp', 'これ'],
  ] as const)('reads %s', (_, bytes, contentType, charset, wanted) => {
    const result = decodeBytes(bytes, { contentType });
    if (!result.ok) throw new Error(say(result.reason, 'en'));
    expect(result.charset.used).toBe(charset);
    expect(/<title>([^<]*)/.exec(result.text)?.[1]).toBe(wanted);
  });

  it.each([
    ['GBK read as Latin-1', iconv.decode(iconv.encode(HANS, 'gbk'), 'latin1')],
    ['UTF-8 read as windows-1252', iconv.decode(Buffer.from(HANS.replaceAll('，', '')), 'latin1')],
    ['ÏûÏ¢ beside readable text', iconv.decode(iconv.encode('消息消息消息', 'gbk'), 'latin1')],
  ])('undoes %s', (_, text) => {
    const result = decodeBytes(Buffer.from(rss(text)));
    if (!result.ok) throw new Error(say(result.reason, 'en'));
    expect(result.text).toMatch(/消息|合肥今天的新闻/);
    expect(sayAll(result.repairs, 'en')).toContain('read again');
  });

  it('leaves accented Latin text alone', () => {
    const text = 'Ações à vista: São Paulo, Curaçao, naïve façade, Zoë, über “quotes”';
    const result = decodeBytes(Buffer.from(rss(text)));
    expect(result.ok && result.text).toBe(rss(text));
  });

  it.each([
    ['characters of two, three and four bytes', 'é合肥𠀀'],
    ['a mark of byte order within', '合\ufeff肥'],
    ['ASCII alone', 'Hefei'],
  ])('decodes UTF-8 as its standard says: %s', (_, text) => {
    expect(decodeAs(Buffer.from(text), 'utf-8')).toBe(
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(text)),
    );
  });

  it('takes a few bad bytes for damage, not for another charset', () => {
    const bytes = Buffer.concat([Buffer.from(rss(HANS).replace('</title>', '')), Buffer.from([0xff, 0xe4, 0xb8])]);
    const result = decodeBytes(bytes, { contentType: 'text/xml; charset=gbk' });
    if (!result.ok) throw new Error(say(result.reason, 'en'));
    expect(result.text).toBe(rss(HANS).replace('</title>', '').trimEnd());
    expect(result.repairs).toHaveLength(1);
  });

  it('drops control characters and says so', () => {
    const result = decodeBytes(Buffer.from(rss('甲\u0000乙\u0008丙\u000b丁')));
    if (!result.ok) throw new Error(say(result.reason, 'en'));
    expect(result.text).toContain('甲乙丙丁');
    expect(result.repairs).toContainEqual(reason('repair.charset.controls'));
  });

  it('lets the operator’s encoding win', () => {
    const result = decodeBytes(iconv.encode(rss(HANT, 'utf-8'), 'big5'), { encoding: 'Big5' });
    expect(result.ok && result.text).toContain(HANT);
  });

  it.each([
    ['an empty body', Buffer.alloc(0), 'empty'],
    ['white space', Buffer.from(' \r\n\t '), 'empty'],
    ['NULs', Buffer.alloc(1000), 'empty'],
    ['text lost before publishing', Buffer.from(rss('\ufffd\ufffd\ufffd'.repeat(20))), 'mojibake'],
    ['锟斤拷', Buffer.from(rss('锟斤拷'.repeat(30))), 'mojibake'],
  ])('refuses %s with its reason', (_, bytes, reason) => {
    const result = decodeBytes(bytes);
    expect(result.ok ? '' : say(result.reason, 'en')).toContain(reason);
  });
});
