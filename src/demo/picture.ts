/** Draws the pictures of made-up news: a city, a bridge, an old village or fields, as the topic asks. */
import { writePng } from './png.ts';
import { type Random, seededRandom } from './random.ts';

const WIDTH = 400;
const HEIGHT = 225;
/** A scene is drawn in units: 16 across, 9 down. */
const UNIT = WIDTH / 16;
/** Samples of a pixel each way: edges come out smooth. */
const SAMPLES = 2;
/** Pictures of each scene; more would keep the demo drawing. */
const VARIANTS = 12;

/** Red, green and blue, each 0–255. */
type Colour = readonly [red: number, green: number, blue: number];
/** Of a column, the colour at each height; null where what stands behind is seen. */
type Layer = (x: number) => (y: number) => Colour | null;

interface Light {
  readonly sky: Colour;
  readonly horizon: Colour;
  readonly sun: Colour;
  /** What is far takes this share (0–1) of the horizon’s colour. */
  readonly haze: number;
}

const LIGHTS: readonly Light[] = [
  { sky: [112, 172, 216], horizon: [226, 240, 246], sun: [255, 250, 226], haze: 0.55 },
  { sky: [150, 190, 214], horizon: [252, 232, 206], sun: [255, 236, 190], haze: 0.6 },
  { sky: [86, 92, 140], horizon: [248, 184, 134], sun: [255, 214, 150], haze: 0.5 },
];
const WHITE: Colour = [255, 255, 255];

/** The first layer stands in front. */
const SCENES: Readonly<Record<string, (random: Random, light: Light) => readonly Layer[]>> = {
  city: (random, { horizon, haze }) => [
    water(7.6, [96, 128, 146]),
    buildings(random, [3, 6], [70, 84, 104]),
    buildings(random, [4, 7], mix([92, 108, 128], horizon, haze)),
  ],
  bridge: (random, { horizon, haze }) => [
    bridge(random),
    water(6.4, [92, 136, 152]),
    ridge(random, 5.9, 0.4, mix([86, 116, 104], horizon, 0.35)),
    ridge(random, 5.2, 0.8, mix([86, 110, 122], horizon, haze)),
  ],
  village: (random, { horizon, haze }) => [
    ...mirrored(7, houses(random)),
    ridge(random, 4.4, 0.8, mix([84, 120, 92], horizon, 0.35)),
    ridge(random, 3.2, 1, mix([96, 124, 130], horizon, haze)),
  ],
  fields: (random, { horizon, haze }) => [
    strips(random),
    ridge(random, 5.1, 0.5, mix([92, 132, 88], horizon, 0.25)),
    ridge(random, 4, 0.9, mix([104, 136, 132], horizon, haze)),
  ],
};

const SCENE_OF: Readonly<Record<string, string>> = {
  交通: 'bridge',
  长三角: 'bridge',
  文化: 'village',
  文博: 'village',
  旅游: 'village',
  农业: 'fields',
  生态: 'fields',
  天气: 'fields',
};

const drawn = new Map<string, Buffer>();

/** Where the demo’s server has the picture of a story of this topic and number. */
export function picturePath(topic: string, number: number): string {
  return `/pictures/${SCENE_OF[topic] ?? 'city'}-${number}.png`;
}

/** The PNG at a path; null where there is none. */
export function drawPicture(path: string): Buffer | null {
  const [, name = '', number = ''] = /^\/pictures\/(\w+)-(\d{1,10})\.png$/.exec(path) ?? [];
  const scene = Object.hasOwn(SCENES, name) ? SCENES[name] : undefined;
  if (scene === undefined) return null;
  const variant = Number(number) % VARIANTS;
  const key = `${name}-${variant}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const random = seededRandom(variant);
  const light = LIGHTS[variant % LIGHTS.length] as Light;
  const picture = writePng(WIDTH, HEIGHT, pixelsOf([...scene(random, light), sky(random, light)]));
  drawn.set(key, picture);
  return picture;
}

function pixelsOf(layers: readonly Layer[]): Uint8Array {
  const sums = new Float64Array(WIDTH * HEIGHT * 3);
  for (let sx = 0; sx < WIDTH * SAMPLES; sx++) {
    const columns = layers.map((layer) => layer((sx + 0.5) / SAMPLES / UNIT));
    for (let sy = 0; sy < HEIGHT * SAMPLES; sy++) {
      const colour = seen(columns, (sy + 0.5) / SAMPLES / UNIT);
      const at = (Math.floor(sy / SAMPLES) * WIDTH + Math.floor(sx / SAMPLES)) * 3;
      for (const part of [0, 1, 2] as const) sums[at + part] = (sums[at + part] ?? 0) + colour[part];
    }
  }
  return Uint8Array.from(sums, (sum) => sum / SAMPLES ** 2);
}

function seen(columns: readonly ReturnType<Layer>[], y: number): Colour {
  for (const column of columns) {
    const colour = column(y);
    if (colour !== null) return colour;
  }
  return WHITE;
}

function mix(one: Colour, other: Colour, share: number): Colour {
  const part = (a: number, b: number) => a + (b - a) * share;
  return [part(one[0], other[0]), part(one[1], other[1]), part(one[2], other[2])];
}

function sky(random: Random, { sky: above, horizon, sun }: Light): Layer {
  const [sunX, sunY] = [random.whole(2, 14), random.whole(10, 24) / 10];
  return (x) => (y) => (Math.hypot(x - sunX, y - sunY) < 0.55 ? sun : mix(above, horizon, Math.min(1, y / 6)));
}

/** Hills, whose line swings by `swing` about `top`. */
function ridge(random: Random, top: number, swing: number, colour: Colour): Layer {
  const waves = [0.5, 1.1, 2.3].map((pace, i) => ({ pace, phase: random.whole(0, 628) / 100, swing: swing / (i + 1) }));
  return (x) => {
    const line = waves.reduce((sum, wave) => sum + wave.swing * Math.sin(x * wave.pace + wave.phase), top);
    return (y) => (y > line ? colour : null);
  };
}

/** Ripples, lighter towards the far bank. */
function water(top: number, colour: Colour): Layer {
  return (x) => {
    const shift = Math.sin(x * 1.7) * 1.5;
    return (y) =>
      y < top ? null : mix(colour, WHITE, (Math.sin(y * 22 + shift) > 0.6 ? 0.25 : 0.12) + (0.2 * (9 - y)) / (9 - top));
  };
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly shade: number;
}

/** Blocks side by side, sizes in tenths of a unit. */
function blocks(random: Random, widths: readonly [number, number], tops: readonly [number, number], gap: number) {
  const row: Block[] = [];
  for (let from = -0.5; from < 16; from = (row.at(-1)?.to ?? 16) + random.whole(0, gap) / 10) {
    const to = from + random.whole(...widths) / 10;
    row.push({ from, to, top: random.whole(...tops) / 10, shade: random.whole(0, 20) / 100 });
  }
  return (x: number) => row.find(({ from, to }) => x >= from && x < to);
}

/** Least and most: how high they are, in units. Some windows are lit. */
function buildings(random: Random, [least, most]: readonly [number, number], colour: Colour): Layer {
  const ground = 7.6;
  const blockAt = blocks(random, [8, 17], [Math.round((ground - most) * 10), Math.round((ground - least) * 10)], 4);
  const pane = mix(colour, WHITE, 0.35);
  const lit: Colour = [255, 226, 160];
  return (x) => {
    const house = blockAt(x);
    if (house === undefined) return () => null;
    const wall = mix(colour, WHITE, house.shade);
    const column = Math.floor((x - house.from) / 0.26);
    const isBetween = (x - house.from) % 0.26 <= 0.1 || house.to - x <= 0.1;
    return (y) => {
      if (y < house.top || y >= ground) return null;
      if (isBetween || (y - house.top) % 0.34 <= 0.16) return wall;
      return (column * 7 + Math.floor((y - house.top) / 0.34) * 13) % 5 === 0 ? lit : pane;
    };
  };
}

/** Two towers with their cables, and a deck from one bank to the other. */
function bridge(random: Random): Layer {
  const [deck, top, reach] = [5.6, random.whole(12, 20) / 10, 3.3];
  const steel: Colour = random.pick([
    [176, 62, 48],
    [236, 238, 240],
    [70, 82, 96],
  ]);
  const road = mix(steel, [40, 44, 50], 0.5);
  return (x) => {
    const away = Math.min(...[4.6, 11.4].map((tower) => Math.abs(x - tower)));
    const fall = (away * (deck - top)) / reach;
    return (y) => {
      if (away < 0.13 && y > top && y < 7.2) return steel;
      if (y > deck) return y < deck + 0.22 ? road : null;
      const from = y - fall - top;
      return from >= 0 && from % 0.45 < 0.06 ? steel : null;
    };
  };
}

/** White walls under black tiles, their gables stepped, as villages of southern Anhui have them. */
function houses(random: Random): Layer {
  const blockAt = blocks(random, [18, 34], [42, 56], 3);
  return (x) => {
    const house = blockAt(x);
    if (house === undefined) return () => null;
    const share = (x - house.from) / (house.to - house.from);
    const eaves = house.top + Math.floor(Math.abs(share - 0.5) * 6) * 0.26;
    const place = (share * 4) % 1;
    const hasWindow = place > 0.42 && place < 0.58;
    return (y) => {
      if (y < eaves || y >= 7) return null;
      if (y < eaves + 0.16) return [58, 62, 68];
      if (hasWindow && y > 5.9 && y < 6.25) return [74, 78, 84];
      return mix([250, 249, 244], [206, 208, 206], Math.min(1, (y - eaves) / 4));
    };
  };
}

/** What stands above `line`, and its picture in the water below. */
function mirrored(line: number, above: Layer): readonly Layer[] {
  const still = water(line, [104, 138, 142]);
  return [
    above,
    (x) => {
      const [calm, shape] = [still(x), above(x)];
      return (y) => {
        const plain = calm(y);
        const seenIn = plain === null ? null : shape(2 * line - y - 0.02);
        return plain === null || seenIn === null ? plain : mix(seenIn, plain, 0.55);
      };
    },
  ];
}

/** Fields that run to a point far away, some in flower. */
function strips(random: Random): Layer {
  const crops: readonly Colour[] = [
    [232, 198, 64],
    [126, 168, 84],
    [98, 148, 82],
    [168, 188, 96],
  ];
  const order = Array.from({ length: 64 }, () => random.pick(crops));
  const far = random.whole(5, 11);
  return (x) => (y) => {
    const depth = y - 5.3;
    if (depth < 0) return null;
    const lane = (x - far) / (depth + 0.35) + 64;
    const crop = order[Math.floor(lane / 1.3) % order.length] ?? WHITE;
    const furrow = lane % 0.16 < 0.04 ? 0.12 : 0;
    return mix(mix(crop, [70, 96, 56], furrow), WHITE, Math.max(0, 0.3 - depth * 0.12));
  };
}
