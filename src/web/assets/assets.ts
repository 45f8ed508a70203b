import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { html } from 'hono/html';
import { runAside } from '../../core/concurrency/aside.ts';
import type { Pages } from '../server.ts';
import { importsOf, LIBRARY, readSources } from './sources.ts';

const LIMITS = { maxHeapMb: 64, maxMs: 10_000 }; // it takes a fifth of a second
const FOR_A_YEAR = 'public, max-age=31536000, immutable';

const sources = readSources();
const version = createHash('sha256')
  .update(JSON.stringify([...sources]))
  .digest('base64url')
  .slice(0, 12);
let stripped: Promise<ReadonlyMap<string, string>> | undefined;

/**
 * What a page has in its head for its styles and its script. All modules that the script needs are named, so that browsers ask for
 * them at once. Their addresses change with them, so that browsers can keep them.
 *
 * @param root - the way from the page's address to ours, such as `..`
 */
export function assetLinks(root: string, styles: readonly string[], script?: string) {
  const at = `${root}/assets/${version}`;
  const modules = script === undefined ? [] : modulesOf(script);
  return html`${styles.map((path) => html`<link rel="stylesheet" href="${at}/${path}">`)}
${modules.map((path) => html`<link rel="modulepreload" href="${at}/${path}">`)}
${script === undefined ? '' : html`<script type="module" src="${at}/${script}"></script>`}`;
}

/**
 * The same for a page that people read: from its first drawing on it looks as they have chosen. @param styles - beside those of all pages
 */
export function readersLinks(root: string, styles: readonly string[] = [], script?: string) {
  return html`<script src="${root}/assets/${version}/as-chosen.js"></script>
${assetLinks(root, ['base.css', ...styles], script)}`;
}

/**
 * The head of a page: its title, styles and script.
 *
 * @param more - what else belongs into it
 */
export function headOf(
  title: string,
  links: ReturnType<typeof assetLinks>,
  more: ReturnType<typeof assetLinks> | '' = '',
) {
  return html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${links}
${more}
</head>`;
}

/** A script and all modules that it imports, or that those import. */
function modulesOf(script: string): readonly string[] {
  const needed = new Set([script]);
  for (const address of needed) {
    for (const imported of importsOf(address, sources.get(address) ?? '')) needed.add(imported);
  }
  return [...needed];
}

/** Serves the scripts and styles of all pages. They hold nothing of anybody, so everybody gets them. */
export function assetPages(): Pages {
  const app: Pages = new Hono();
  app.use('/assets/*', compress());
  app.get('/assets/:version/*', async (context) => {
    const path = context.req.path.split('/').slice(3).join('/');
    if (!sources.has(path)) return context.body(null, 404);
    const text = (await strippedSources()).get(path) ?? '';
    // While processes of two versions serve the pages, one is asked for the files of the other: better its own than none.
    const isOurs = context.req.param('version') === version;
    return context.body(text, 200, {
      'Content-Type': `text/${path.endsWith('.css') ? 'css' : 'javascript'}; charset=utf-8`,
      'Cache-Control': isOurs ? FOR_A_YEAR : 'no-store',
    });
  });
  return app;
}

/** Strips types when somebody asks for the first time: most of the time nobody reads a page. */
async function strippedSources(): Promise<ReadonlyMap<string, string>> {
  stripped ??= stripAll();
  try {
    return await stripped;
  } catch (error) {
    stripped = undefined; // the next request tries again
    throw error;
  }
}

async function stripAll(): Promise<ReadonlyMap<string, string>> {
  const isTyped = (address: string) => address.endsWith('.js') && !address.startsWith(`${LIBRARY}/`);
  const typed = [...sources].filter(([address]) => isTyped(address));
  const body = new URL('./strip-thread.ts', import.meta.url);
  const texts = await runAside<readonly string[], string[]>(
    body,
    typed.map(([, text]) => text),
    LIMITS,
  );
  return new Map([...sources, ...typed.map(([address], index): [string, string] => [address, texts[index] ?? ''])]);
}
