import type { Member } from '../member.ts';

/**
 * What somebody does on a stage. Discord calls them a speaker when they are not suppressed and have no request to speak: who was
 * invited and has not answered has both no suppression and a request.
 */
export class StageManners {
  readonly #member: Member;

  constructor(member: Member) {
    this.#member = member;
  }

  /** Whether they can speak: always, but in the audience of a stage. */
  get isSpeaker(): boolean {
    const { voice } = this.#member;
    return voice !== undefined && !voice.suppress && voice.requestToSpeakAt === null;
  }

  /** Raises a hand, or takes it down. */
  ask(wantsToSpeak = true): void {
    this.#mustSit();
    this.#member.changeSeat({ requestToSpeakAt: wantsToSpeak ? new Date() : null });
  }

  /** A moderator invites them up. People have to accept; bots stand there at once. */
  invite(): void {
    this.#mustSit();
    this.#member.changeSeat({ suppress: false, requestToSpeakAt: this.#member.user.isBot ? null : new Date() });
  }

  /** They accept an invitation, or, as a moderator, go up without one. */
  goUp(): void {
    this.#mustSit();
    this.#member.changeSeat({ suppress: false, requestToSpeakAt: null });
  }

  /** They go back to the audience, by themselves or sent by a moderator; or they decline an invitation. */
  goDown(): void {
    this.#mustSit();
    this.#member.changeSeat({ suppress: true, requestToSpeakAt: null });
  }

  #mustSit(): void {
    if (this.#member.voice?.channel.kind !== 'stage') throw new Error(`${this.#member.displayName} is on no stage`);
  }
}
