/** What an address hides is hidden wherever it stands in it. */
import { describe, expect, it } from 'vitest';
import { maskAddresses, publicAddress } from '../../src/text/secrets.ts';

describe('maskAddresses', () => {
  it.each([
    ['https://e.example/f?token=abc&page=2', 'https://e.example/f?token=•••&page=2'],
    ['https://e.example/f?page=2&access_token=abc#x', 'https://e.example/f?page=2&access_token=•••#x'],
    ['https://e.example/f?keyword=abc', 'https://e.example/f?keyword=abc'],
    ['https://user:pass@e.example/f', 'https://•••@e.example/f'],
    [
      'https://e.example/f?url=https://o.example/?key=abc&b=1',
      'https://e.example/f?url=https://o.example/?key=•••&b=1',
    ],
    ['https://e.example/f?key=ab?cd&b=1', 'https://e.example/f?key=•••&b=1'],
    ['https://e.example/f?a?sign=abc', 'https://e.example/f?a?sign=•••'],
    ['fetch of "https://e.example/f?key=abc" failed', 'fetch of "https://e.example/f?key=•••" failed'],
    ['?key', '?key'],
    ['why? key=1', 'why? key=1'],
  ])('%s', (text, masked) => expect(maskAddresses(text)).toBe(masked));

  it('leaves an address that can be followed', () => {
    expect(publicAddress('https://e.example/f?token=abc&page=2')).toBe('https://e.example/f?page=2');
  });
});
