import { createRequire } from 'node:module';
import SrtParser from 'srt-parser-2';
import { z } from 'zod';
import { INVISIBLE } from '../../../src/minutes/text/escape.ts';

const require = createRequire(import.meta.url);

// The W3C's validator for WebVTT comes without types.
const judge: unknown = require('webvtt-parser');
const node = z.object({ type: z.string(), name: z.string().optional(), value: z.unknown() });
const parsed = z.object({
  errors: z.array(z.object({ message: z.string(), line: z.number() })),
  cues: z.array(
    z.object({
      startTime: z.number(),
      endTime: z.number(),
      tree: z.object({ children: z.array(node.extend({ children: z.array(node) })) }),
    }),
  ),
});

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>' } as const;

export interface ReadCue {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
}

/** Reads WebVTT as a browser does. @returns the violations of the standard, and the cues */
export function readWebVtt(text: string): { readonly errors: readonly string[]; readonly cues: readonly ReadCue[] } {
  const { WebVTTParser } = z
    .object({ WebVTTParser: z.custom<new (entities: object) => { parse(text: string): unknown }>() })
    .parse(judge);
  const { errors, cues } = parsed.parse(new WebVTTParser(ENTITIES).parse(text));
  return {
    errors: errors.map(({ message, line }) => `${line}: ${message}`),
    cues: cues.map(({ startTime, endTime, tree }) => {
      const [voice] = tree.children;
      const said = voice?.children.map(({ value }) => String(value)).join('') ?? '';
      return {
        name: decoded(String(voice?.value)).trim(), // the parser does not decode names
        startMs: Math.round(startTime * 1_000),
        endMs: Math.round(endTime * 1_000),
        lines: said.split('\n'),
      };
    }),
  };
}

/** Reads SubRip. The name is the text before the first colon and space of a cue. */
export function readSrt(text: string): readonly ReadCue[] {
  return new SrtParser().fromSrt(text).map(({ startSeconds, endSeconds, text }) => {
    const [first = '', ...others] = text.replaceAll(INVISIBLE, '').split('\n');
    const [, name = '', rest = ''] = /^(.*?):(?: (.*))?$/.exec(first) ?? [];
    return {
      name,
      startMs: Math.round(startSeconds * 1_000),
      endMs: Math.round(endSeconds * 1_000),
      lines: [rest, ...others],
    };
  });
}

function decoded(annotation: string): string {
  return annotation.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
