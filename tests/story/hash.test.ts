import { describe, expect, it } from 'vitest';
import { hashText, hashUnits, tagText } from '../../src/story/keys/hash.ts';

describe('hashUnits', () => {
  // MurmurHash3_x86_32 vectors that SMHasher's users have published; bytes are written as little-endian units.
  it.each([
    ['nothing', [], 0, 0x00000000],
    ['nothing, seed 1', [], 1, 0x514e28b7],
    ['nothing, seed ffffffff', [], 0xffffffff, 0x81f16f39],
    ['ff ff ff ff', [0xffff, 0xffff], 0, 0x76293b50],
    ['21 43 65 87', [0x4321, 0x8765], 0, 0xf55b516b],
    ['21 43 65 87, seed 5082edee', [0x4321, 0x8765], 0x5082edee, 0x2362f9de],
    ['21 43', [0x4321], 0, 0xa0f7b07a],
    ['00 00 00 00', [0, 0], 0, 0x2362f9de],
    ['00 00', [0], 0, 0x30f4c306],
    ['"aaaa", seed 9747b28c', [0x6161, 0x6161], 0x9747b28c, 0x5a97808a],
    ['"aa", seed 9747b28c', [0x6161], 0x9747b28c, 0x5d211726],
    ['"abcd", seed 9747b28c', [0x6261, 0x6463], 0x9747b28c, 0xf0478627],
    ['"ab", seed 9747b28c', [0x6261], 0x9747b28c, 0x74875592],
  ] as const)('%s', (_, units, seed, hash) => {
    expect(hashUnits(Uint16Array.from(units), 0, units.length, seed)).toBe(hash);
  });

  it('hashes a part as the part alone', () => {
    const units = Uint16Array.from([1, 2, 3, 4, 5, 6]);
    expect(hashUnits(units, 1, 4)).toBe(hashUnits(Uint16Array.from([2, 3, 4]), 0, 3));
  });
});

describe('tagText', () => {
  it('gives eight characters that any key may hold', () => {
    for (const text of ['', '淮', 'https://news.example/1', '长'.repeat(5000)])
      expect(tagText(text)).toMatch(/^[\w-]{8}$/);
  });

  it('tells a hundred thousand texts apart', () => {
    const tags = new Set(Array.from({ length: 100_000 }, (_, i) => tagText(`第${i}号`)));
    expect(tags.size).toBe(100_000);
    expect(hashText('第1号')).not.toBe(hashText('第2号'));
  });
});
