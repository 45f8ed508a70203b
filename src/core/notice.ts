import type { SttError } from './errors.ts';
import type { SpeakerId } from './ids.ts';
import type { GapReason } from './record.ts';

/** Why somebody's speech has not become text: the recogniser's error, or what it is doing. */
export type NoTextReason = SttError | 'turns are taken' | 'recogniser out of reach' | 'recogniser mute';

/** What the recogniser refuses of what was asked for: it is left out, and the original goes on. */
export interface LeftOut {
  readonly targets: readonly string[]; // languages that nothing is translated into
  readonly spoken?: string; // in its place the language is found out
}

/** What the meeting has to tell everybody who reads along; the channel finds the words. */
export type Notice =
  | { readonly kind: 'bot moved'; readonly channelName: string }
  | { readonly kind: 'bot moved out' } // to where nobody may be heard; the meeting ends
  | { readonly kind: 'bot moved away' } // to where others are heard than read here; the meeting ends
  | { readonly kind: 'restarting' } // and the meeting goes on
  | { readonly kind: 'back'; readonly awayMs: number } // after a crash, or a restart
  | { readonly kind: 'nothing heard' } // for some seconds, by anybody; it is tried on
  | { readonly kind: 'deafened' } // by a moderator: nobody is heard until they undo it
  | { readonly kind: 'hears again'; readonly deafMs: number }
  | { readonly kind: 'voice lost'; readonly error: Error } // the meeting ends
  | { readonly kind: 'meeting failed' } // the meeting ends
  | { readonly kind: 'recogniser stopped'; readonly error: SttError } // people have to act
  | { readonly kind: 'languages left out'; readonly leftOut: LeftOut } // the original goes on
  | { readonly kind: 'no text'; readonly speakerId: SpeakerId; readonly name: string; readonly because: NoTextReason }
  | { readonly kind: 'too quiet'; readonly speakerId: SpeakerId; readonly name: string } // their microphone
  | { readonly kind: 'unreadable'; readonly speakerId: SpeakerId; readonly name: string } // their end-to-end encryption does not open
  | {
      readonly kind: 'gap';
      readonly durationMs: number;
      readonly speakerId?: SpeakerId;
      readonly name?: string;
      readonly reason: GapReason;
    }
  | { readonly kind: 'minutes sent on'; readonly host: string | undefined } // out of the server; missing: not any more
  | { readonly kind: 'budget nearly used up' } // the server's, of this month
  | { readonly kind: 'budget used up' } // the meeting ends
  | { readonly kind: 'journal failed' }
  | { readonly kind: 'minutes failed' };
