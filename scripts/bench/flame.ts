/** The used parts of a V8 CPU profile (`.cpuprofile`). */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[]; // ids of nodes
  readonly timeDeltas: readonly number[]; // microseconds before each sample
}

interface Frame {
  readonly name: string;
  us: number;
  readonly calls: Map<string, Frame>;
}

const WIDTH = 1200;
const ROW = 17;
const NARROWEST = 0.003; // of the whole width; anything narrower is unreadable
const CHARACTER = 6.5;
const STEADY_FROM = 0.5; // of the profile; the first half is start-up
const IDLE = new Set(['(idle)', '(root)']);
const COLOURS = { ours: '#f59e0b', modules: '#60a5fa', node: '#a3a3a3' };

/** The second half of a profile as a flame graph: callers below, callees above, width is time. */
export function flameGraph(profile: CpuProfile): string {
  const root = treeOf(profile);
  const depth = depthOf(root, root.us);
  const height = (depth + 1) * ROW + 30;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="11">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...boxes(root, 0, 0, root.us, height - ROW - 4),
    '</svg>\n',
  ].join('\n');
}

function treeOf({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const root: Frame = { name: 'all', us: 0, calls: new Map() };
  for (const [i, sample] of samples.entries()) {
    if (i < samples.length * STEADY_FROM) continue;
    const stack: string[] = [];
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const frame = byId.get(id)?.callFrame;
      if (frame) stack.unshift(nameOf(frame));
    }
    if (stack.some((name) => IDLE.has(name) && name !== '(root)')) continue;
    add(
      root,
      stack.filter((name) => !IDLE.has(name)),
      timeDeltas[i] ?? 0,
    );
  }
  return root;
}

function add(root: Frame, stack: readonly string[], us: number): void {
  let at = root;
  at.us += us;
  for (const name of stack) {
    const called = at.calls.get(name) ?? { name, us: 0, calls: new Map() };
    at.calls.set(name, called);
    called.us += us;
    at = called;
  }
}

/** The function and the last two parts of its file's path, without the folders of this machine. */
function nameOf({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string {
  const file = url.split('/').slice(-2).join('/');
  return `${functionName === '' ? 'anonymous' : functionName}${file === '' ? '' : ` ${file}`}`;
}

function depthOf(frame: Frame, all: number): number {
  const deeper = [...frame.calls.values()].filter(({ us }) => us >= all * NARROWEST).map((call) => depthOf(call, all));
  return 1 + Math.max(0, ...deeper);
}

function boxes(frame: Frame, x: number, level: number, all: number, bottom: number): string[] {
  const width = (frame.us / all) * WIDTH;
  const y = bottom - level * ROW;
  const percent = ((frame.us / all) * 100).toFixed(1);
  const room = Math.floor(width / CHARACTER) - 1;
  const label =
    room > 3 ? `<text x="${(x + 3).toFixed(1)}" y="${y + 12}">${escaped(frame.name.slice(0, room))}</text>` : '';
  const drawn = [
    `<g><title>${escaped(frame.name)} ${percent} %</title><rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colourOf(frame.name)}"/>${label}</g>`,
  ];
  let at = x;
  for (const call of [...frame.calls.values()].sort((a, b) => b.us - a.us)) {
    if (call.us < all * NARROWEST) continue;
    drawn.push(...boxes(call, at, level + 1, all, bottom));
    at += (call.us / all) * WIDTH;
  }
  return drawn;
}

function colourOf(name: string): string {
  if (name.includes('node:') || !name.includes('/')) return COLOURS.node;
  return name.endsWith('.ts') ? COLOURS.ours : COLOURS.modules;
}

function escaped(said: string): string {
  return said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
