import type { ChannelId, MessageId, SpeakerId } from '../../../core/ids.ts';
import type { Log } from '../../../core/log.ts';
import type { TranscriptStyle } from '../../../core/settings.ts';
import type { Words } from '../../../i18n/words.ts';
import type { GoneReason } from '../../messages/failure.ts';
import type { MessageApi } from '../../messages/message-api.ts';
import type { BotSender, Sender } from '../../messages/sender.ts';
import type { SpeakerWebhook } from '../../messages/speaker-webhook.ts';
import type { Drafts } from './drafts.ts';
import type { BotSentence, Entry, Line } from './line.ts';
import type { MessageDraft } from './message-draft.ts';
import type { Pending } from './pending.ts';
import type { PostingPlaces } from './posting-places.ts';

export interface OutboxParts {
  readonly api: MessageApi;
  readonly places: PostingPlaces;
  /** Writes as the speakers, in the first place. */
  readonly webhook?: SpeakerWebhook;
  readonly words: () => Words; // asked each time: a server may change its language
  /** The costliest style that Discord takes the requests for now. Missing: any. */
  readonly costliestStyle?: () => TranscriptStyle;
  /** Ends all posting: the process is going down. */
  readonly signal: AbortSignal;
  /** People can see a line, in this message. */
  readonly posted: (line: Line, channelId: ChannelId, messageId: MessageId) => void;
  /** People can read the final text of a line. */
  readonly shown: (line: Line) => void;
  /** A sentence of the bot that names somebody is in this message. */
  readonly remarked: (about: SpeakerId, channelId: ChannelId, messageId: MessageId) => void;
  /** No place is left for these entries. Without it they are given up. */
  readonly lost?: (entries: readonly Entry[], because: GoneReason) => void;
  readonly log: Pick<Log, 'error'>;
  /** For the log: never what anybody said. */
  readonly complain: (because: string, error?: unknown) => void;
}

/** What posting and editing share of their outbox. */
export interface Desk {
  readonly parts: OutboxParts;
  readonly pending: Pending;
  readonly drafts: Drafts;
  /** Writes under the bot's own name in the current place. */
  readonly bot: () => BotSender;
  /** The sentence that says why the last place was left, once one was. */
  readonly farewell: () => BotSentence | undefined;
  /** Discord took a message, or an edit of it: tells whoever keeps that. */
  readonly reportDelivery: (draft: MessageDraft, delivered: () => void) => void;
  /** The webhook that wrote as this sender cannot be used any more. */
  readonly loseWebhook: (sender: Sender) => void;
  /** Goes to the next place, as the current one takes nothing any more. */
  readonly moveOn: (because: GoneReason) => void;
  /** Ends all posting: Discord has logged the bot out. */
  readonly close: () => void;
  /** Starts, or wakes, the loops that have something to do. */
  readonly wake: () => void;
}
