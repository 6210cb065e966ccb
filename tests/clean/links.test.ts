import { describe, expect, it } from 'vitest';
import { canonicalLink } from '../../src/clean/fields/link.ts';

const SAME: readonly (readonly [name: string, written: string, canonical: string])[] = [
  [
    'the scheme stays: not every site answers under https',
    'http://news.example.cn/a/1.html',
    'http://news.example.cn/a/1.html',
  ],
  ['scheme and host in capitals', 'HTTP://WWW.Example.CN/a/1.html', 'http://www.example.cn/a/1.html'],
  ['a mobile host stays', 'https://m.example.cn/a/1.html', 'https://m.example.cn/a/1.html'],
  ['default port', 'http://example.cn:80/a', 'http://example.cn/a'],
  ['root dot', 'https://example.cn./a', 'https://example.cn/a'],
  ['another port stays', 'http://example.cn:8080/a', 'http://example.cn:8080/a'],
  ['fragment', 'https://example.cn/a#comments', 'https://example.cn/a'],
  ['application route in the fragment stays', 'https://example.cn/#/detail/12', 'https://example.cn/#/detail/12'],
  ['an index file stays', 'https://example.cn/news/index.shtml', 'https://example.cn/news/index.shtml'],
  ['a trailing slash stays', 'https://example.cn/news/', 'https://example.cn/news/'],
  ['bare host', 'https://example.cn', 'https://example.cn/'],
  ['session in the path', 'https://example.cn/a.jsp;jsessionid=AB12?id=3', 'https://example.cn/a.jsp?id=3'],
  ['utm', 'https://example.cn/a?utm_source=x&utm_medium=rss&id=3', 'https://example.cn/a?id=3'],
  [
    'Chinese share tokens',
    'https://example.cn/a?id=3&spm=a1.b2&share_token=zz&wxshare_count=2&from=timeline&isappinstalled=0',
    'https://example.cn/a?id=3',
  ],
  ['the order of the rest stays', 'https://example.cn/a?b=2&a=1', 'https://example.cn/a?b=2&a=1'],
  ['needless escapes', 'https://example.cn/%61b%2dc%e4%b8%ad', 'https://example.cn/ab-c%E4%B8%AD'],
  [
    'Google redirect',
    'https://www.google.com/url?rct=j&sa=t&url=https://example.cn/a%3Fid%3D3&ct=ga',
    'https://example.cn/a?id=3',
  ],
  [
    'Bing News',
    'http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&url=https%3a%2f%2fwww.example.cn%2fa%2f1.html&c=123',
    'https://www.example.cn/a/1.html',
  ],
  ['link page of a community', 'https://link.zhihu.com/?target=https%3A//example.cn/a', 'https://example.cn/a'],
  [
    'wrapper in a wrapper',
    'https://link.zhihu.com/?target=https%3A%2F%2Fwww.google.com%2Furl%3Furl%3Dhttps%253A%252F%252Fexample.cn%252Fa',
    'https://example.cn/a',
  ],
  ['AMP cache', 'https://example-cn.cdn.ampproject.org/c/s/example.cn/a/1.html', 'https://example.cn/a/1.html'],
  [
    'WeChat article',
    'http://mp.weixin.qq.com/s?sn=9f&__biz=MzA5&mid=2651&idx=1&chksm=8b&scene=27&mpshare=1#rd',
    'https://mp.weixin.qq.com/s?__biz=MzA5&mid=2651&idx=1&sn=9f',
  ],
  [
    'WeChat short form',
    'https://mp.weixin.qq.com/s/AbC_-9?scene=25#wechat_redirect',
    'https://mp.weixin.qq.com/s/AbC_-9',
  ],
  ['no web address', ' mailto:a@example.cn ', 'mailto:a@example.cn'],
  ['no address at all', '不是地址', '不是地址'],
  ['empty', '', ''],
];

describe('an address comes out in one form', () => {
  it.each(SAME)('%s', (_name, written, canonical) => {
    expect(canonicalLink(written)).toBe(canonical);
  });

  it.each(SAME)('%s: a second pass changes nothing', (_name, _written, canonical) => {
    expect(canonicalLink(canonical)).toBe(canonical);
  });

  it.each([
    ['story numbers', 'https://example.cn/a?id=3', 'https://example.cn/a?id=4'],
    ['names of pages', 'https://example.cn/a', 'https://example.cn/A'],
    [
      'WeChat messages',
      'https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=1&sn=a',
      'https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=2&sn=b',
    ],
    ['hosts', 'https://ah.example.cn/a', 'https://js.example.cn/a'],
  ])('%s keep addresses apart', (_name, one, other) => {
    expect(canonicalLink(one)).not.toBe(canonicalLink(other));
  });
});
