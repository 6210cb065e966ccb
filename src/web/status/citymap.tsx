/** Draws the cities of the Yangtze River Delta as a map of tiles: one a city, roughly where it lies. */
import type { CoverageRow } from './coveragerows.ts';

/** Column from the west and row from the north of each city, by code. Own drawing: it keeps neighbours near, and no borders. */
const TILES: Readonly<Record<string, readonly [column: number, row: number]>> = {
  // 江苏
  '320100': [4, 3],
  '320200': [7, 3],
  '320300': [2, 0],
  '320400': [6, 3],
  '320500': [7, 4],
  '320600': [6, 2],
  '320700': [5, 0],
  '320800': [4, 1],
  '320900': [5, 1],
  '321000': [4, 2],
  '321100': [5, 3],
  '321200': [5, 2],
  '321300': [3, 1],
  // 浙江
  '330100': [4, 5],
  '330200': [6, 5],
  '330300': [6, 7],
  '330400': [6, 4],
  '330500': [5, 4],
  '330600': [5, 5],
  '330700': [5, 6],
  '330800': [4, 6],
  '330900': [7, 5],
  '331000': [6, 6],
  '331100': [5, 7],
  // 安徽
  '340100': [2, 3],
  '340200': [3, 4],
  '340300': [2, 2],
  '340400': [1, 2],
  '340500': [3, 3],
  '340600': [1, 1],
  '340700': [2, 4],
  '340800': [1, 4],
  '341000': [3, 5],
  '341100': [3, 2],
  '341200': [0, 2],
  '341300': [2, 1],
  '341500': [1, 3],
  '341600': [0, 1],
  '341700': [2, 5],
  '341800': [4, 4],
  // 上海
  '310000': [8, 4],
};

const WIDTH = 58;
const HEIGHT = 44;
const GAP = 4;
const COLUMNS = 9;
const ROWS = 8;
/** Shades beside the one of nothing; each begins at so many of the most that a city has. */
const SHADES = [0, 0.15, 0.4, 0.7];

interface CityMapInput {
  readonly cities: readonly CoverageRow[];
  readonly span: 'day' | 'week';
  /** Tells the picture in words. */
  readonly label: string;
}

export const hasTile = ({ code }: { readonly code: string }): boolean => Object.hasOwn(TILES, code);

/** Nothing where no city has a tile. */
export function CityMap({ cities, span, label }: CityMapInput) {
  const placed = cities.filter(hasTile);
  if (placed.length === 0) return null;
  const most = Math.max(1, ...placed.map((city) => city[span]));
  return (
    <svg
      class="citymap"
      viewBox={`0 0 ${COLUMNS * (WIDTH + GAP) - GAP} ${ROWS * (HEIGHT + GAP) - GAP}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {placed.map(({ code, name, ...counts }) => {
        const [column, row] = TILES[code] ?? [0, 0];
        return (
          <g
            class={shadeOf(counts[span], most)}
            transform={`translate(${column * (WIDTH + GAP)} ${row * (HEIGHT + GAP)})`}
            key={code}
          >
            <rect width={WIDTH} height={HEIGHT} rx="5" />
            <text x={WIDTH / 2} y="18">
              {name}
            </text>
            <text class="n" x={WIDTH / 2} y="35">
              {shortCount(counts[span])}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

const shadeOf = (count: number, most: number): string =>
  count === 0 ? 'nothing' : `shade${SHADES.findLastIndex((share) => count >= share * most)}`;

/** Of six figures and more, the thousands: a tile has room for that. */
function shortCount(count: number): string {
  return count < 100_000 ? count.toLocaleString('en') : `${Math.floor(count / 1000).toLocaleString('en')}k`;
}
