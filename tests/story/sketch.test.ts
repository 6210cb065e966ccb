import { describe, expect, it } from 'vitest';
import { containment, makeSketch, readSketch, type Sketch, writeSketch } from '../../src/story/keys/sketch.ts';
import { random } from './write.ts';

/** A sketch of the numbers from `from` to `to`, spread over 32 bits. */
function sketchOf(from: number, to: number, most = 128): Sketch {
  const hashes = Uint32Array.from({ length: to - from }, (_, i) => Math.imul(from + i + 1, 2_654_435_761) >>> 0);
  return makeSketch(hashes, hashes.length, most);
}

describe('makeSketch', () => {
  it('keeps the smallest, once each, in order', () => {
    const units = 2 ** 14;
    const sketch = makeSketch(Uint32Array.from([9, 3, 7, 3, 1].map((n) => n * units)), 5, 3);
    expect([...sketch.values]).toEqual([1, 3, 7]);
    expect(sketch.total).toBe(4);
  });

  it('uses no more than the given count', () => {
    expect(makeSketch(new Uint32Array(10), 0, 5)).toEqual({ values: new Uint32Array(0), total: 0 });
  });
});

describe('containment', () => {
  it.each([
    ['a part of the whole', 0, 100, 0, 2000, 1],
    ['the whole in its part', 0, 2000, 0, 1000, 0.5],
    ['halves that overlap', 0, 1000, 500, 1500, 0.5],
    ['a quarter of a small one', 0, 400, 300, 5000, 0.25],
    ['nothing in common', 0, 1000, 5000, 6000, 0],
  ])('estimates %s', (_, fromA, toA, fromB, toB, share) => {
    const { share: estimate, sample } = containment(sketchOf(fromA, toA), sketchOf(fromB, toB));
    expect(sample).toBeGreaterThan(4);
    // Three standard deviations of a sample of that size.
    expect(Math.abs(estimate - share)).toBeLessThanOrEqual(3 * Math.sqrt(0.25 / sample));
  });

  it('is exact for sets that fit', () => {
    expect(containment(sketchOf(0, 40), sketchOf(10, 100))).toEqual({ share: 0.75, sample: 40 });
  });

  it('says nothing of an empty set', () => {
    expect(containment(sketchOf(0, 0), sketchOf(0, 50))).toEqual({ share: 0, sample: 0 });
  });
});

describe('writeSketch and readSketch', () => {
  it('give back what was put in, at any size', () => {
    const next = random(7);
    for (const count of [1, 2, 3, 17, 97, 128, 129, 700, 5000]) {
      const hashes = Uint32Array.from({ length: count }, () => Math.floor(next() * 2 ** 32));
      const sketch = makeSketch(hashes, count, 128);
      expect(readSketch(writeSketch(sketch))).toEqual(sketch);
    }
  });

  it('keep the largest and the smallest hash', () => {
    const sketch = makeSketch(Uint32Array.from([0, 0xffffffff]), 2, 5);
    expect(readSketch(writeSketch(sketch))).toEqual(sketch);
  });

  it.each([24, 25, 26, 100, 240])('keep a hash that lies %i steps behind the others', (steps) => {
    // A hundred neighbours and one far away make steps of 1,024.
    const hashes = Uint32Array.from({ length: 127 }, (_, i) => i * 2 ** 14);
    const far = (126 + steps * 1024) * 2 ** 14 + 5 * 2 ** 14;
    const sketch = makeSketch(Uint32Array.from([...hashes, far]), 128, 128);
    expect(readSketch(writeSketch(sketch))).toEqual(sketch);
  });

  it('write little: 128 of a thousand shingles in 230 characters', () => {
    expect(writeSketch(sketchOf(0, 1000)).length).toBeLessThan(230);
  });

  it.each(['', '.', 'a.b', 'zz.zz.zz.', '1.zzzzz.0.AA', '-1.3.k.////', '5.5.zz.AAAA', '3.3.k.', 'x'.repeat(500)])(
    'read %j without complaint',
    (text) => {
      const { values, total } = readSketch(text);
      expect(values.length).toBeLessThanOrEqual(4000);
      expect(total).toBeGreaterThanOrEqual(0);
    },
  );
});
