import type { TranscriptStyle } from '../../../core/settings.ts';
import { MAX_CONTENT } from '../../formatting/limits.ts';
import type { Urgency } from '../../messages/pace.ts';
import { continues, type Entry, expectedLength, isGrowing, type Line } from './line.ts';
import type { Waits } from './message-draft.ts';

/**
 * So many messages of the bot may hold words that still grow: all of them can be made final within the time people
 * wait.
 */
const MAX_GROWING = 2;
const MAX_GROWING_AS_SPEAKER = 4; // Discord takes five edits in 2 s from a webhook, five in 5 s from the bot
/** One person's words wait so long for a message of their own before they share one. */
const WORTH_WAITING_MS = 1_000;
/** How long a digest collects. */
const DIGEST_MS = 10_000;

/** The order of edits; one that Discord does not take yet holds back no other. */
const RANKS: Readonly<Record<Waits, number>> = { text: 0, more: 1, growth: 2 };
const HELD_RANK = 3; // behind all of those

/** How soon and how much one writer may post now. */
export interface PostBudget {
  readonly delayMs: Readonly<Record<PostUrgency, number>>; // until its next message may go
  readonly atOnce: number; // messages that could follow one another without a pause
}
type PostUrgency = Extract<Urgency, 'must go' | 'may wait'>;

/** How soon and how much the webhook may post now, under the speakers' own names. */
export interface WebhookBudget extends PostBudget {
  readonly isOpen: boolean; // otherwise it has to be looked up first
  readonly isScarce: boolean; // few messages are left of this minute
}

/** The message that was posted last. */
export interface LastMessage {
  readonly entries: readonly Entry[];
  readonly isSpeaker: boolean; // it is under its speaker's own name
  readonly takesMore: boolean; // Discord takes edits of it, and its channel is still in use
  readonly editDelayMs: number; // until its writer may edit it
  readonly postDelayMs: number; // until its writer may post another
}

/** Everything that the decision depends on. */
export interface Situation {
  readonly style: TranscriptStyle;
  readonly pending: readonly Entry[]; // in the order in which people will read them
  readonly waitedMs: number; // since the oldest of them came in
  readonly last: LastMessage | undefined;
  readonly languages: ReadonlySet<string>; // of translations that are expected: room is left for them
  readonly bot: PostBudget;
  readonly webhook: WebhookBudget | undefined; // missing: no line may go under its speaker's own name
  readonly refusedNames: ReadonlySet<string>; // that Discord does not take from the webhook
  readonly growing: { readonly bot: number; readonly speaker: number }; // messages that an edit still has to make final
  readonly isOneByOne: boolean; // Discord refused some of these entries: each goes alone, so that one is found to blame
  readonly isAwaited: boolean; // somebody waits until everything is posted
}

export type NextPost =
  | { readonly kind: 'open webhook' }
  | {
      readonly kind: 'post';
      readonly as: 'speaker' | 'bot';
      readonly entries: readonly Entry[];
      readonly waitMs: number;
    };

/** The next message: under its speaker's own name, unless more waits than can go that way. */
export function nextPost(now: Situation): NextPost | undefined {
  return nextPostAsSpeaker(now) ?? nextPostAsBot(now);
}

function nextPostAsSpeaker(now: Situation): NextPost | undefined {
  const due = now.pending.filter((entry) => !isGrowing(entry) || mayGrowMore(now, 'speaker'));
  const webhook = webhookFor(due[0], now);
  if (!webhook) return undefined;
  if (!webhook.isOpen) return { kind: 'open webhook' };
  const isCalm = now.style === 'grow' && utterancesIn(due) <= webhook.atOnce && !webhook.isScarce;
  const entries = isCalm ? firstUtterance(due) : firstSpeaker(due, now);
  const waitMs = webhook.delayMs[urgencyOf(entries)];
  const turns = turnsIn(due.filter((entry) => !isGrowing(entry)));
  const isQuick = waitMs === 0 ? turns <= Math.max(1, webhook.atOnce) : waitMs <= WORTH_WAITING_MS && turns <= 1;
  return isQuick ? { kind: 'post', as: 'speaker', entries, waitMs } : undefined;
}

/** Words that still grow are posted only when they can be made final in time. */
function nextPostAsBot(now: Situation): NextPost | undefined {
  const lastUrgent = now.pending.findLastIndex((entry) => !isGrowing(entry));
  // What was begun before a final goes with it, for the order; what was begun after it may wait.
  const due = now.pending.filter(
    (entry, index) => !isGrowing(entry) || mayGrowMore(now, 'bot', index < lastUrgent ? 1 : 0),
  );
  if (due.length === 0) return undefined;
  const entries = botBatch(due, now);
  const waitMs = Math.max(now.bot.delayMs[urgencyOf(entries)], collectingMs(now));
  return { kind: 'post', as: 'bot', entries, waitMs };
}

function botBatch(due: readonly Entry[], now: Situation): readonly Entry[] {
  if (now.isOneByOne) return due.slice(0, 1);
  if (now.style === 'grow' && utterancesIn(due) <= now.bot.atOnce) return firstUtterance(due);
  return thatFit(due, now.languages);
}

/** A digest waits for more, unless somebody waits for it. */
function collectingMs({ style, isAwaited, waitedMs }: Situation): number {
  return style !== 'digest' || isAwaited ? 0 : Math.max(0, DIGEST_MS - waitedMs);
}

/**
 * Whether a new line becomes an edit of the last message instead of a message of its own.
 *
 * Everybody's words have a message of their own, until more is said than Discord takes messages.
 */
export function joinsLast(line: Line, now: Situation): boolean {
  const { last, style, bot } = now;
  if (!last?.takesMore || now.pending.length > 0) return false;
  if (expectedLength([...last.entries, line], now.languages) > MAX_CONTENT) return false;
  const isSooner = last.editDelayMs <= last.postDelayMs;
  const webhook = webhookFor(line, now);
  if (last.isSpeaker) {
    if (!webhook || !continues(line, last.entries.at(-1))) return false;
    return style === 'grow' ? webhook.isScarce : isSooner;
  }
  if (webhook?.isOpen && webhook.delayMs[urgencyOf([line])] === 0) return false; // a message of its own is better
  if (style !== 'grow') return isSooner && continues(line, last.entries.at(-1));
  if (!isGrowing(line)) return isSooner && last.postDelayMs > 0;
  const mustShare = bot.delayMs['may wait'] > 0 || !mayGrowMore(now, 'bot');
  return mustShare && (last.entries.some(isGrowing) || mayGrowMore(now, 'bot'));
}

/** The webhook's budget, when this entry may be under its speaker's own name. */
function webhookFor(entry: Entry | undefined, now: Situation): WebhookBudget | undefined {
  if (entry?.kind !== 'line' || now.style === 'digest' || now.isOneByOne) return undefined;
  return now.refusedNames.has(entry.profile.username) ? undefined : now.webhook;
}

function mayGrowMore({ growing }: Situation, as: 'speaker' | 'bot', extra = 0): boolean {
  return growing[as] < (as === 'speaker' ? MAX_GROWING_AS_SPEAKER : MAX_GROWING + extra);
}

function urgencyOf(entries: readonly Entry[]): PostUrgency {
  return entries.every(isGrowing) ? 'may wait' : 'must go';
}

/** How many turns the speakers take. */
function turnsIn(entries: readonly Entry[]): number {
  return entries.filter((entry, index) => {
    const before = entries[index - 1];
    return !(entry.kind === 'line' && before?.kind === 'line' && entry.speakerId === before.speakerId);
  }).length;
}

function utterancesIn(entries: readonly Entry[]): number {
  return new Set(entries.map((entry) => (entry.kind === 'line' ? entry.utteranceId : entry))).size;
}

/** The first entry, with what else there is of the same utterance right behind it. */
function firstUtterance(entries: readonly Entry[]): readonly Entry[] {
  const [first] = entries;
  if (first?.kind !== 'line') return entries.slice(0, 1);
  const end = entries.findIndex((entry) => entry.kind !== 'line' || entry.utteranceId !== first.utteranceId);
  return thatFit(end < 0 ? entries : entries.slice(0, end), NO_LANGUAGES);
}
const NO_LANGUAGES: ReadonlySet<string> = new Set(); // what is alone may have its translations in another message

/** The first speaker's words, as much as one message holds. */
function firstSpeaker(entries: readonly Entry[], { languages }: Situation): readonly Entry[] {
  const isOther = (entry: Entry, index: number) =>
    index > 0 && !(entry.kind === 'line' && continues(entry, entries[index - 1]));
  const end = entries.findIndex(isOther);
  return thatFit(end < 0 ? entries : entries.slice(0, end), languages);
}

/** As many of the first entries as one message holds, but one at least. */
function thatFit(entries: readonly Entry[], languages: ReadonlySet<string>): readonly Entry[] {
  let count = 1;
  while (count < entries.length && expectedLength(entries.slice(0, count + 1), languages) <= MAX_CONTENT) count += 1;
  return entries.slice(0, count);
}

/** A message that shows less than it should. */
export interface DueEdit {
  readonly waits: Waits;
  readonly delayMs: number; // until its writer may edit anything
  readonly heldMs: number; // until Discord takes edits of this message again
}

/** Decides which edit goes next, and when: finals, then translations, then words that still grow; the soonest first. */
export function nextEdit<T extends DueEdit>(
  due: readonly T[],
): { readonly edit: T; readonly waitMs: number } | undefined {
  let next: { readonly edit: T; readonly waitMs: number; readonly rank: number } | undefined;
  for (const edit of due) {
    const waitMs = Math.max(edit.delayMs, edit.heldMs);
    const rank = RANKS[edit.waits] + (edit.heldMs > 0 ? HELD_RANK : 0);
    if (!next || rank < next.rank || (rank === next.rank && waitMs < next.waitMs)) next = { edit, waitMs, rank };
  }
  return next;
}
