import type { Span } from '../model/talk-spans.ts';
import { MIN_SPAN, TRACK } from './look.ts';
import { escapeXml } from './xml-text.ts';

/** The vertical position of a horizontal band of the picture. */
export interface Band {
  readonly y: number;
  readonly height: number;
}

/** Draws spans of the meeting in one band as a single shape. Returns no shape for no spans. */
export function drawSpans(spans: readonly Span[], { y, height }: Band, fill: string, extentMs: number): string[] {
  const inside = (ms: number) => (TRACK.width * Math.min(Math.max(ms, 0), extentMs)) / extentMs;
  const parts = spans.map(({ startMs, endMs }) => {
    const width = Math.max(MIN_SPAN, inside(endMs) - inside(startMs));
    const x = TRACK.x + Math.min(inside(startMs), TRACK.width - width);
    return `M${rounded(x)} ${y}h${rounded(width)}v${height}h-${rounded(width)}z`;
  });
  return parts.length > 0 ? [`<path d="${parts.join('')}" fill="${fill}"/>`] : [];
}

export function rectangle(x: number, { y, height }: Band, width: number, fill: string): string {
  return `<rect x="${rounded(x)}" y="${y}" width="${rounded(width)}" height="${height}" fill="${fill}"/>`;
}

export interface TextLook {
  readonly fill: string;
  readonly size?: number;
  readonly isBold?: boolean;
  readonly isCentred?: boolean;
  readonly clip?: 'names' | 'heading';
}

export function label(x: number, y: number, content: string, look: TextLook): string {
  const { fill, size, isBold, isCentred, clip } = look;
  const attributes = [
    `fill="${fill}"`,
    ...(size === undefined ? [] : [`font-size="${size}"`]),
    ...(isBold ? ['font-weight="bold"'] : []),
    ...(isCentred ? ['text-anchor="middle"'] : []),
    ...(clip === undefined ? [] : [`clip-path="url(#${clip})"`]),
  ];
  return `<text x="${x}" y="${y}" ${attributes.join(' ')}>${escapeXml(content)}</text>`;
}

export function rounded(length: number): number {
  return Math.round(length * 100) / 100;
}
