/** Why one person is not heard while others are. */
export type OwnReason =
  | 'optedOut' // their own wish
  | 'notOptedIn' // the server hears only people who opted in
  | 'notInformed' // they can read nowhere that they are transcribed
  | 'unreadable' // their audio cannot be decrypted
  | 'stopped' // the recogniser refuses, and people have to act
  | 'retrying' // the recogniser cannot be reached just now
  | 'waiting' // for a free socket of the recogniser
  | 'tooQuiet' // to be speech
  | 'notYetHeard';

/** Why somebody in the voice channel is not heard. */
export type Unheard =
  | OwnReason
  | 'deafened' // a moderator has deafened the bot
  | 'voiceLost' // the voice connection is interrupted
  | 'paused'; // the meeting is off the record
