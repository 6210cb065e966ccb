import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { drawPicture, picturePath } from '../../src/demo/picture.ts';

interface Png {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

function readPng(png: Buffer): Png {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), pixels: inflateSync(Buffer.concat(data)) };
}

test.each([
  ['交通', 'bridge'],
  ['文化', 'village'],
  ['农业', 'fields'],
  ['科技', 'city'],
])('%s has a picture of its own kind, the same for the same number', (topic, scene) => {
  const path = picturePath(topic, 1_000_000_001);
  expect(path).toBe(`/pictures/${scene}-1000000001.png`);
  const { width, height, pixels } = readPng(drawPicture(path) ?? Buffer.alloc(0));
  expect([width, height, pixels.length]).toEqual([400, 225, 225 * (1 + 400 * 3)]);
  const column = Array.from({ length: 225 }, (_, y) => pixels.readUIntBE(y * 1_201 + 1 + 100 * 3, 3));
  expect(new Set(column).size).toBeGreaterThan(20);
  expect(drawPicture(path)).toEqual(drawPicture(path));
  expect(drawPicture(path)).not.toEqual(drawPicture(picturePath(topic, 1_000_000_002)));
});

test.each(['/pictures/moon-1.png', '/pictures/toString-1.png', '/pictures/city-1.svg', '/pictures/city-x.png'])(
  'there is none at %s',
  (path) => expect(drawPicture(path)).toBeNull(),
);
