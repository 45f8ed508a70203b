import type { SttError } from './errors.ts';
import type { SpeakerId } from './ids.ts';
import type { GapReason } from './record.ts';

/** Why somebody's speech has not become text: the recogniser's error, or what it is doing. */
export type NoTextReason = SttError | 'turns are taken' | 'recogniser out of reach' | 'recogniser mute';

/** Languages that the recogniser refuses. They are left out, and the original goes on. */
export interface LeftOut {
  readonly targets: readonly string[]; // languages into which nothing is translated
  readonly spoken?: string; // a spoken language; the recogniser detects the language instead
}

/** What a meeting tells everybody who reads along; the channel finds the words. */
export type Notice =
  | { readonly kind: 'bot moved'; readonly channelName: string }
  | { readonly kind: 'bot moved out' } // to a channel in which nobody may be heard; the meeting ends
  | { readonly kind: 'bot moved away' } // to people who may not all read along; the meeting ends
  | { readonly kind: 'restarting' } // and the meeting goes on
  | { readonly kind: 'back'; readonly awayMs: number } // after a crash, or a restart
  | { readonly kind: 'nothing heard' } // nobody has been heard for some seconds; the connection is retried
  | { readonly kind: 'deafened' } // by a moderator: nobody is heard until they undo it
  | { readonly kind: 'hears again'; readonly deafMs: number }
  | { readonly kind: 'voice lost'; readonly error: Error } // the meeting ends
  | { readonly kind: 'meeting failed' } // the meeting ends
  | { readonly kind: 'recogniser stopped'; readonly error: SttError } // people have to act
  | { readonly kind: 'languages left out'; readonly leftOut: LeftOut } // the original goes on
  | { readonly kind: 'no text'; readonly speakerId: SpeakerId; readonly name: string; readonly because: NoTextReason }
  | { readonly kind: 'too quiet'; readonly speakerId: SpeakerId; readonly name: string } // their microphone
  | { readonly kind: 'unreadable'; readonly speakerId: SpeakerId; readonly name: string } // their end-to-end encryption cannot be decrypted
  | {
      readonly kind: 'gap';
      readonly durationMs: number;
      readonly speakerId?: SpeakerId;
      readonly name?: string;
      readonly reason: GapReason;
    }
  | { readonly kind: 'minutes sent on'; readonly host: string | undefined; readonly lines: boolean } // outside of Discord; missing: no longer. `lines`: everything as it is said
  | { readonly kind: 'budget nearly used up' } // of the server, for this month
  | { readonly kind: 'budget used up' } // the meeting ends
  | { readonly kind: 'journal failed' }
  | { readonly kind: 'minutes failed' };
