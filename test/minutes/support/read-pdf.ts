import { inflateSync } from 'node:zlib';

interface Thing {
  readonly dictionary: string;
  readonly stream: Buffer;
}

/**
 * The text that copying from a PDF gives, with one line for each drawn line. Reads only what pdfkit writes.
 *
 * Glyphs become characters again. If a drawing has an `ActualText`, that text is used.
 *
 * `pictures` holds the samples of each picture: three bytes a pixel.
 *
 * @param what - `drawn`: the characters as they appear on paper, from left to right
 */
export function readPdf(
  bytes: Buffer,
  what: 'meant' | 'drawn' = 'meant',
): {
  readonly pages: number;
  readonly lines: readonly string[];
  readonly linesOfPages: readonly (readonly string[])[];
  readonly pictures: readonly Buffer[];
} {
  const things = thingsIn(bytes);
  const pages = [...things.values()].filter(({ dictionary }) => /\/Type \/Page\s/.test(dictionary));
  const linesOfPages = pages.map(({ dictionary }) => {
    const content = things.get(reference(dictionary, 'Contents'))?.stream.toString('latin1') ?? '';
    const fonts = things.get(reference(dictionary, 'Resources'))?.dictionary ?? '';
    const characters = new Map(
      [...fonts.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id]) => {
        const font = things.get(Number(id))?.dictionary ?? '';
        return [name, charactersOf(things.get(reference(font, 'ToUnicode'))?.stream.toString('latin1') ?? '')];
      }),
    );
    const operations = what === 'meant' ? content : content.replaceAll('/ActualText', '/Unread');
    return linesIn(operations, characters);
  });
  return { pages: pages.length, lines: linesOfPages.flat(), linesOfPages, pictures: picturesIn(bytes) };
}

function thingsIn(bytes: Buffer): Map<number, Thing> {
  const things = new Map<number, Thing>();
  const text = bytes.toString('latin1');
  const thing = /(\d+) 0 obj\n([\s\S]*?)(\nstream\n|\nendobj)/g;
  for (let match = thing.exec(text); match; match = thing.exec(text)) {
    const [whole, id, dictionary = '', end] = match;
    let stream: Buffer = Buffer.alloc(0);
    if (end === '\nstream\n') {
      const from = match.index + whole.length;
      const packed = bytes.subarray(from, from + Number(/\/Length (\d+)/.exec(dictionary)?.[1]));
      if (/^(?![\s\S]*\/Subtype \/Image)[\s\S]*\/Filter \/FlateDecode/.test(dictionary)) stream = inflateSync(packed);
      thing.lastIndex = from + packed.length;
    }
    things.set(Number(id), { dictionary, stream });
  }
  return things;
}

function picturesIn(bytes: Buffer): Buffer[] {
  const text = bytes.toString('latin1');
  const coloured = /\d+ 0 obj\n(<<[^>]*\/Subtype \/Image[^>]*\/ColorSpace \/DeviceRGB[^>]*>>)\nstream\n/g;
  return [...text.matchAll(coloured)].map((match) => {
    const from = match.index + match[0].length;
    return inflateSync(bytes.subarray(from, from + Number(/\/Length (\d+)/.exec(match[1] ?? '')?.[1])));
  });
}

function reference(dictionary: string, key: string): number {
  return Number(new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1]);
}

/** The character of each glyph, by the glyph's hexadecimal number. */
function charactersOf(map: string): ReadonlyMap<string, string> {
  const characters = new Map<string, string>();
  for (const [, first = '', , list = ''] of map.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g)) {
    for (const [index, [, codes = '']] of [...list.matchAll(/<([^>]*)>/g)].entries()) {
      const glyph = (Number.parseInt(first, 16) + index).toString(16).padStart(4, '0');
      const units = codes.split(' ').map((unit) => Number.parseInt(unit, 16));
      characters.set(glyph, String.fromCharCode(...units));
    }
  }
  return characters;
}

function linesIn(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  const lines: { text: string; readonly y: string }[] = [];
  let font: ReadonlyMap<string, string> | undefined;
  let actualText: string | undefined; // of everything drawn until the next EMC
  let y = '';
  const add = (text: string) => {
    const last = lines.at(-1);
    if (last?.y === y) last.text += text;
    else lines.push({ text, y });
  };
  const operation =
    /\/ActualText \(((?:[^\\)]|\\[\s\S])*)\)|1 0 0 1 \S+ (\S+) Tm|\/(F\d+) \S+ Tf|\[(<[^\]]*)\] TJ|(?<=\n)(EMC)/g;
  for (const [, actual, height, name, glyphs, end] of content.matchAll(operation)) {
    if (actual !== undefined) actualText = literal(actual);
    else if (height !== undefined) y = height;
    else if (name !== undefined) font = fonts.get(name);
    else if (end !== undefined) actualText = undefined;
    else if (actualText !== undefined) {
      add(actualText);
      actualText = ''; // use it only once
    } else for (const [glyph] of (glyphs ?? '').matchAll(/(?<=<\w*)\w{4}(?=(?:\w{4})*>)/g)) add(font?.get(glyph) ?? '');
  }
  return lines.map(({ text }) => text.trimEnd());
}

function literal(escaped: string): string {
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  const plain = escaped.replaceAll(/\\([\s\S])/g, (_, letter: string) => named[letter] ?? letter);
  const bytes = Buffer.from(plain, 'latin1');
  return plain.startsWith('\u00fe\u00ff') ? bytes.subarray(2).swap16().toString('utf16le') : plain;
}
