/** A password is known by itself and by its hash, and by nothing near it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hashPassword, isPassword, isPasswordHash } from '../../src/text/passwordhash.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/deltawire.js', import.meta.url));

describe('a hash', () => {
  test('knows its password in either form of accents, and no other', async () => {
    const hash = await hashPassword('caf\u00e9 p:ä');
    expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(isPasswordHash(hash)).toBe(true);
    const given = ['caf\u00e9 p:ä', 'cafe\u0301 p:ä', 'caf\u00e9 p:', 'CAF\u00e9 p:ä', '', hash];
    expect(await Promise.all(given.map((one) => isPassword(one, hash)))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(await hashPassword('caf\u00e9 p:ä')).not.toBe(hash);
  });

  test('of RFC 7914 §12 is read as scrypt elsewhere writes it', async () => {
    // N=16384, r=8, p=1, "pleaseletmein", "SodiumChloride".
    const known = '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI';
    expect(await isPassword('pleaseletmein', known)).toBe(true);
    expect(await isPassword('pleaseletmeIn', known)).toBe(false);
  });

  test.each([
    '',
    'secret',
    '$scrypt$',
    '$scrypt$ln=30,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI',
  ])('is not %j', (text) => expect(isPasswordHash(text)).toBe(false));
});

test('a plain password is known', async () => {
  expect(await isPassword('p:ä', 'p:ä')).toBe(true);
  expect(await isPassword('p:a', 'p:ä')).toBe(false);
});

describe('deltawire password', () => {
  const run = (input: string, ...args: string[]) =>
    new Promise<{ code: number | null; out: string; err: string }>((done) => {
      const child = spawn(process.execPath, [PROGRAM, 'password', ...args], { stdio: 'pipe' });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.on('close', (code) => done({ code, out, err }));
      child.stdin.end(input);
    });

  test('hashes what is piped in, and prints nothing else on stdout', async () => {
    const { code, out, err } = await run('correct horse\n', '--user', 'ops');
    expect(code).toBe(0);
    expect(out).toMatch(/^ops:\$scrypt\$[^\n]+\n$/);
    expect(await isPassword('correct horse', out.trim().slice('ops:'.length))).toBe(true);
    expect(out + err).not.toContain('correct');
  });

  test.each([
    ['short\n', [], 1],
    ['', [], 1],
    ['long enough\n', ['--user', 'a:b'], 2],
  ])('refuses %j with %j', async (input, args, code) => {
    const { code: ended, out } = await run(input, ...args);
    expect([ended, out]).toEqual([code, '']);
  });
});
