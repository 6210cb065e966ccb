import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/text/plain.ts';
import { firstSentences } from '../../src/clean/fields/summary.ts';
import { readTitle } from '../../src/zh/headline.ts';

describe('plainText', () => {
  it.each([
    ['nothing to do', '合肥新增三条地铁', '合肥新增三条地铁'],
    ['entity encoded twice', '合肥&amp;芜湖 &#8220;双城&#8221;', '合肥&芜湖 “双城”'],
    ['only once', '&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['markup', '<b>合肥</b>新增<br/>地铁', '合肥新增 地铁'],
    ['script with its text', '合肥<script>alert(1)</script>地铁', '合肥地铁'],
    ['markup behind entities', '&lt;img src=x onerror=alert(1)&gt;合肥', '合肥'],
    ['a tag that a control cuts', '合肥<scr\u0000ipt>alert(1)</scr\u0000ipt>', '合肥'],
    ['a comparison', '若 a<b 且 b<c 则 a<c', '若 a<b 且 b<c 则 a<c'],
    ['a comparison, encoded', '若 a&lt;b 且 b&gt;c', '若 a<b 且 b>c'],
    ['names of elements', '程序员谈 <head> 与 <video> 标签', '程序员谈 <head> 与 <video> 标签'],
    ['names of elements, encoded', '使用 &lt;b&gt; 还是 &lt;video&gt;', '使用 <b> 还是 <video>'],
    ['markup encoded twice', '&lt;em class="red"&gt;合肥&lt;/em&gt;新增', '合肥新增'],
    ['markup and a comparison', '<b>若 a<b</b> 且 b<c', '若 a<b 且 b<c'],
    ['markup that is cut off', '合肥新增<a href="http://news.example/1', '合肥新增'],
    ['a tag without its pair', '<b>合肥新增</font><br>地铁', '合肥新增 地铁'],
    ['CDATA in CDATA', '<![CDATA[合肥]]>新增', '合肥新增'],
    ['a comment', '合肥<!-- 1 -->新增', '合肥新增'],
    ['a bracket that is none', '3 < 5 且 <合肥>', '3 < 5 且 <合肥>'],
    ['zero width and BOM', '\ufeff合\u200b肥\u2060', '合肥'],
    ['bidi overrides', '合肥\u202egpj.exe\u2066', '合肥gpj.exe'],
    ['controls', '合\u0000肥\u0007地\u009f铁', '合肥地铁'],
    ['blanks of all kinds', '\u3000合肥\u00a0\u3000 地铁\n一号线\t', '合肥 地铁 一号线'],
    ['lone surrogates', '合\ud83d肥\ude00', '合肥'],
    ['emoji stay whole', '👨‍👩‍👧 回家 ❤️', '👨‍👩‍👧 回家 ❤️'],
    ['a loose joiner', '合\u200d肥', '合肥'],
    ['empty', '', ''],
  ])('%s', (_name, written, plain) => {
    expect(plainText(written)).toBe(plain);
  });
});

describe('readTitle', () => {
  it.each([
    ['page of the paper', '04版 - 江北新区建设提速', '江北新区建设提速'],
    ['page with its name', '01版头版 - 江苏一地早市升级', '江苏一地早市升级'],
    ['outlet after a bar', '合肥新增三条地铁_江淮新闻网', '合肥新增三条地铁'],
    ['two suffixes', '合肥新增三条地铁线路--安徽频道--江淮网', '合肥新增三条地铁线路'],
    ['suffix after a dash', '合肥新增三条地铁线路 - 江淮日报', '合肥新增三条地铁线路'],
    ['outlet after a hyphen', '合肥新增三条地铁线路-江淮在线', '合肥新增三条地铁线路'],
    ['a hyphen inside stays', '合肥-芜湖高铁开工', '合肥-芜湖高铁开工'],
    ['column in front stays', '时评丨让老街留住烟火气', '时评丨让老街留住烟火气'],
    ['a bar inside stays', '直击现场丨钱塘江大潮如约而至', '直击现场丨钱塘江大潮如约而至'],
    ['picture mark', '长江采石矶春色正浓(组图)', '长江采石矶春色正浓'],
    ['flash mark', '【快讯】皖南多地发布暴雨预警', '皖南多地发布暴雨预警'],
    ['a name in brackets stays', '【飞阅长三角】太湖帆影', '【飞阅长三角】太湖帆影'],
    ['lost indent', '???? 长三角干部的课堂', '长三角干部的课堂'],
    ['nothing but an outlet', '江淮网', '江淮网'],
  ])('%s', (_name, written, title) => {
    expect(readTitle(written).title).toBe(title);
  });
});

describe('firstSentences', () => {
  it.each([
    ['short text whole', '合肥。芜湖。', 20, '合肥。芜湖。'],
    ['whole sentences', '合肥新增地铁。芜湖新增轻轨。马鞍山新增公交。', 16, '合肥新增地铁。芜湖新增轻轨。'],
    ['closing quote goes along', '他说：“好。”大家都笑了起来，十分热闹。', 9, '他说：“好。”'],
    ['no full stop near', '合肥芜湖马鞍山铜陵安庆池州宣城', 8, '合肥芜湖马鞍山…'],
    ['never inside a number', '总投资合计达到1234567890万元人民币', 12, '总投资合计达到…'],
    ['never inside a pair', '好好好好好好好😀😀😀😀', 9, '好好好好好好好…'],
    ['paragraphs join', '合肥\n芜湖', 10, '合肥 芜湖'],
  ])('%s', (_name, text, most, summary) => {
    expect(firstSentences(text, most)).toBe(summary);
  });

  it('leaves no half of a pair at any length', () => {
    const text = '江😀淮👨‍👩‍👧大地❤️春'.repeat(20);
    for (let most = 2; most < 120; most++) {
      expect(firstSentences(text, most)).not.toMatch(
        /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/,
      );
    }
  });
});
