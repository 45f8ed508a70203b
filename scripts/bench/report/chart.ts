export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Chart {
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly series: readonly Series[];
  /** The scale of the horizontal axis. On an even scale, linear growth is a straight line. */
  readonly scale: 'even' | 'logarithmic';
}

const WIDTH = 640;
const HEIGHT = 360;
const LEFT = 64;
const RIGHT = 130; // room for the names of the lines
const TOP = 44;
const BOTTOM = 52;
const COLOURS = ['#2563eb', '#dc2626', '#059669', '#9333ea', '#d97706', '#475569'];
const TICKS = 5;
const SHORTENED_FROM = 10_000;
const LABEL_WIDTH = 24; // the least distance between numbers below the axis

/** A line chart as SVG. The vertical axis begins at zero. */
export function lineChart({ title, xName, yName, series, scale }: Chart): string {
  const points = series.flatMap((each) => each.points);
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const along = scale === 'even' ? (x: number) => x : Math.log;
  const first = scale === 'even' ? 0 : along(xs[0] ?? 1);
  const last = along(xs.at(-1) ?? 1);
  const top = niceAbove(Math.max(0, ...points.map(({ y }) => y)));
  const across = (x: number) => LEFT + ((along(x) - first) / (last - first || 1)) * (WIDTH - LEFT - RIGHT);
  const up = (y: number) => HEIGHT - BOTTOM - (y / top) * (HEIGHT - TOP - BOTTOM);
  const grid = Array.from({ length: TICKS + 1 }, (_, i) => (top * i) / TICKS).map(
    (y) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(up(y))}" y2="${at(up(y))}" stroke="#e2e8f0"/>` +
      text(LEFT - 8, up(y) + 4, String(Number(y.toPrecision(3))), 'end'),
  );
  const apart = xs.filter((x, i) => i === 0 || across(x) - across(xs[i - 1] ?? 0) >= LABEL_WIDTH);
  const below = apart.map((x) => text(across(x), HEIGHT - BOTTOM + 18, shortly(x), 'middle'));
  const lines = series.map((each, i) => lineOf(each, COLOURS[i % COLOURS.length] ?? '#000', across, up));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="24" font-size="15" font-weight="bold">${escaped(title)}</text>`,
    ...grid,
    ...below,
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, xName, 'middle'),
    `<g transform="translate(16 ${at((TOP + HEIGHT - BOTTOM) / 2)}) rotate(-90)">${text(0, 0, yName, 'middle')}</g>`,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

/** A number such as 2,000, 10K or 2M, short enough for the axis. */
function shortly(x: number): string {
  return x.toLocaleString('en', x < SHORTENED_FROM ? {} : { notation: 'compact' });
}

function lineOf({ name, points }: Series, colour: string, across: Scale, up: Scale): string {
  const sorted = points.toSorted((a, b) => a.x - b.x);
  const corners = sorted.map(({ x, y }) => `${at(across(x))},${at(up(y))}`);
  const dots = sorted.map(({ x, y }) => `<circle cx="${at(across(x))}" cy="${at(up(y))}" r="3" fill="${colour}"/>`);
  const end = sorted.at(-1);
  const label = end ? text(across(end.x) + 8, up(end.y) + 4, name, 'start', colour) : '';
  return `<polyline points="${corners.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${label}`;
}

type Scale = (value: number) => number;

function text(x: number, y: number, said: string, anchor: 'start' | 'middle' | 'end', colour = '#334155'): string {
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}" fill="${colour}">${escaped(said)}</text>`;
}

/** The smallest 1, 2 or 5 times a power of ten that is at least the value. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return ([1, 2, 5].find((step) => step * power >= value) ?? 10) * power;
}

function at(place: number): string {
  return place.toFixed(1);
}

function escaped(said: string): string {
  return said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
