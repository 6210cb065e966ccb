import { describe, expect, test } from 'vitest';
import { maskMessage } from '../../src/text/masking.ts';

/** Part of every secret below. */
const MARK = 'Geheim';

const hidden: readonly (readonly [name: string, text: string])[] = [
  ['a login', `http://me:${MARK}@a.example/x`],
  ['a password with @', `http://me:p@${MARK}@a.example/x`],
  ['a password with a quote', `http://me:p'${MARK}@a.example/x`],
  ['a user alone', `http://${MARK}@a.example/x`],
  ['a login without a scheme', `//me:${MARK}@a.example/x`],
  ['a login in a sentence', `“http://me:${MARK}@a.example”不是网址`],
  ['token', `http://a.example/?token=${MARK}`],
  ['access_token, last of several', `http://a.example/?a=1&access_token=${MARK}&b=2`],
  ['apiKey', `http://a.example/?apiKey=${MARK}`],
  ['api_key', `http://a.example/?api_key=${MARK}`],
  ['X-Amz-Signature', `http://a.example/?X-Amz-Signature=${MARK}`],
  ['X-Amz-Credential', `http://a.example/?X-Amz-Credential=${MARK}%2F20260601`],
  ['sig', `http://a.example/?sig=${MARK}`],
  ['jwt', `http://a.example/?jwt=${MARK}`],
  ['ticket', `http://a.example/?ticket=${MARK}`],
  ['code', `http://a.example/cb?code=${MARK}`],
  ['PHPSESSID', `http://a.example/?PHPSESSID=a&session_id=${MARK}`],
  ['sid', `http://a.example/?sid=${MARK}`],
  ['passwd', `http://a.example/?passwd=${MARK}`],
  ['a name escaped', `http://a.example/?%74oken=${MARK}`],
  ['a name after an escaped ampersand', `http://a.example/?a=1&amp;token=${MARK}`],
  ['a token in the fragment', `http://a.example/#access_token=${MARK}`],
  ['an address within an address', `http://a.example/?url=http%3A%2F%2Fb.example%2F%3Ftoken%3D${MARK}`],
  ['a login within an address', `http://a.example/?url=http%3A%2F%2Fme%3A${MARK}%40b.example%2F`],
  ['a value that looks like a key', `http://a.example/?x=9f8e7d6c5b4a39281706${MARK}`],
  ['a signed web token', `http://a.example/?x=eyJhbGciOiJI${MARK}`],
  ['a key of GitHub', `http://a.example/?x=ghp_${MARK}`],
  ['a key of AWS', `http://a.example/?x=AKIA${MARK}`],
  ['Authorization', `Authorization: Bearer ${MARK}`],
  ['authorization, in JSON', `{"authorization":"Basic ${MARK}"}`],
  ['Cookie', `Cookie: sid=1; id=${MARK}; theme=dark`],
  ['Set-Cookie', `set-cookie=id=${MARK}`],
  ['X-Api-Key', `X-Api-Key: ${MARK}`],
  ['X-Auth-Token, in JSON', `{"x-auth-token":"${MARK}"}`],
  ['a scheme by itself', `the header was Bearer 1${MARK}`],
  ['Basic by itself', `Basic d2FuZzpw${MARK}==`],
];

describe('maskMessage', () => {
  test.each(hidden)('hides %s', (_name, text) => {
    expect(maskMessage(text)).not.toContain(MARK);
    expect(maskMessage(text)).toContain('•••');
    expect(maskMessage(maskMessage(text))).toBe(maskMessage(text));
  });

  test.each([
    'http://www.example.cn/system/2024/05/01/01480.shtml?id=123456&page=2',
    'http://www.example.cn/c/2024-05-01/1234567.html#content',
    'http://a.example/?keyword=合肥&author=张样',
    'the redirects lead in a circle, back to http://a.example/; it may be waiting for a cookie',
    '循环跳转，又回到 http://a.example/；它可能要求 cookie',
    'Basic training of the token ring',
    'a@b.example wrote to http://a.example/x@y',
    '关键词“=”；其余 a;b=c',
    'cannot connect to 127.0.0.1:1: the connection was refused',
  ])('leaves %s', (text) => expect(maskMessage(text)).toBe(text));
});
