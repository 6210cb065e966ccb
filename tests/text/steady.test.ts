import { describe, expect, it } from 'vitest';
import { steadyAddress, steadyText } from '../../src/text/steady.ts';

describe('steadyText', () => {
  it.each([
    ['浏览量 1.2万', '浏览量 1.3万'],
    ['3,456人已读', '3,460人已读'],
    ['Views 1,234', 'Views 1,235'],
    ['已有23人参与评论', '已有24人参与评论'],
    ['热度 3456', '热度 3457'],
    ['赞(12)', '赞(13)'],
    ['12赞', '13赞'],
    ['浏览：1 234', '浏览：1 235'],
    ['已阅读 123 次', '已阅读 124 次'],
    ['阅读：12评论：3', '阅读：13评论：4'],
    ['观看 1.1w', '观看 1.2w'],
    ['下载次数：3', '下载次数：4'],
    ['在线人数 12', '在线人数 13'],
    ['2 mins ago', '3 mins ago'],
    ['an hour ago', '2 hours ago'],
    ['半小时前', '1小时前'],
    ['昨天 12:00', '前天 12:00'],
    ['当前时间：2026年11月2日 9:00', '当前时间：2026年11月2日 10:00'],
    ['缓存时间 2026-11-02 09:00:01', '缓存时间 2026-11-02 10:00:01'],
    ['最后更新：2026年11月28日 10:00', '最后更新：2026年11月28日 11:00'],
    ['点击率：123', '点击率：99'],
    ['本文被阅读了12次', '本文被阅读了13次'],
    ['阅读【345】', '阅读【346】'],
    ['阅读|345', '阅读|346'],
    ['阅读数：--', '阅读数：12'],
    ['点击量:１２３', '点击量:１２４'],
    ['转发 2 评论 3 赞 4', '转发 5 评论 6 赞 7'],
    ['共有12人参与讨论', '共有13人参与讨论'],
    ['12条评论', '14条评论'],
    ['弹幕 123', '弹幕 128'],
    ['👁 345', '👁 346'],
    ['❤️12', '❤️13'],
    ['12 shares · 3 comments', '14 shares · 4 comments'],
    ['瀏覽：123', '瀏覽：125'],
    ['點擊數 123', '點擊數 124'],
    ['觀看次數：123', '觀看次數：125'],
    ['留言(12)', '留言(13)'],
    ['3小時前', '5分鐘前'],
    ['刚刚', '剛剛'],
    ['几分钟前', '半小时前'],
    ['posted 5m ago', 'posted 3h ago'],
    ['just now', '2 mins ago'],
    [' 昨天', ' 2天前'],
  ])('is one for %s and %s', (a, b) => {
    expect(steadyText(`某村通车。${a}`)).toBe(steadyText(`某村通车。${b}`));
  });

  it.each([
    ['收购价2.1元', '收购价2.3元'],
    ['死亡3人', '死亡4人'],
    ['阅读3本书', '阅读4本书'],
    ['播放3部电影', '播放4部电影'],
    ['访问3国', '访问4国'],
    ['评选12个先进', '评选13个先进'],
    ['下载12个文件', '下载13个文件'],
    ['浏览12个景点', '浏览13个景点'],
    ['分享12个故事', '分享13个故事'],
    ['300人参与救援', '301人参与救援'],
    ['昨天通车', '前天通车'],
    ['在线3小时', '在线4小时'],
    ['更新时间表', '更新时间段'],
    ['2026年建成', '2027年建成'],
  ])('is not one for %s and %s', (a, b) => {
    expect(steadyText(a)).not.toBe(steadyText(b));
  });
});

describe('steadyAddress', () => {
  it.each([
    ['http://a.example/1.html', 'https://www.a.example/1.html#top'],
    ['https://a.example/1.html?from=rss', 'https://a.example/1.html?from=feed'],
    ['https://a.example/1.html?PHPSESSID=abc', 'https://a.example/1.html?PHPSESSID=def'],
    ['https://a.example/1.html?r=0.12', 'https://a.example/1.html?r=0.76'],
    [
      'https://a.example/p.jpg?Expires=1700000000&Signature=abc',
      'https://a.example/p.jpg?Expires=1800000000&Signature=d',
    ],
  ])('is one for %s and %s', (a, b) => {
    expect(steadyAddress(a, true)).toBe(steadyAddress(b, true));
  });

  it.each([
    ['https://a.example/?id=1', 'https://a.example/?id=2'],
    ['https://a.example/1.html', 'https://b.example/1.html'],
    ['https://a.example/?page=1', 'https://a.example/?page=2'],
  ])('is not one for %s and %s', (a, b) => {
    expect(steadyAddress(a, true)).not.toBe(steadyAddress(b, true));
  });
});
