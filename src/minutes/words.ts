import type { GapReason, MeetingEnding } from '../core/record.ts';

const ENDINGS: Readonly<Record<MeetingEnding, string>> = {
  stopped: 'stopped by command',
  empty: 'everybody had left',
  disconnected: 'Parley was disconnected from the channel',
  'channel deleted': 'the voice channel was deleted',
  shutdown: 'Parley was shut down',
  failed: 'something went wrong',
};

/** How a meeting ended. */
export function inWords(ending: MeetingEnding | undefined): string {
  return ending === undefined ? 'it has not ended' : ENDINGS[ending];
}

const REASONS: Readonly<Record<GapReason, string>> = {
  paused: 'off the record (paused)',
  'recogniser unavailable': 'speech recognition was not available',
  'audio not decrypted': 'the audio could not be decrypted',
  'voice connection lost': 'the voice connection was lost',
  restarted: 'the bot was restarted',
  'too much at once': 'more was said at once than could be recognised',
};

/** Why something is missing. */
export function reasonInWords(reason: GapReason): string {
  return REASONS[reason];
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });

/** `Spanish` for `es`; a code that means nothing stays as it is. */
export function languageName(code: string): string {
  try {
    return LANGUAGES.of(code) ?? code;
  } catch {
    return code; // not shaped like a code at all
  }
}
