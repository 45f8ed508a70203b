/** What is taken of people's audio files. */
export interface AudioLimits {
  readonly maxBytes: number; // of one file: it is held in memory while it plays
  readonly maxMs: number; // of all files of a message together
  readonly jobMs: number; // for a message, from the wish to the last word; then its text so far has to do
  readonly atOnce: number; // in the whole process
  readonly atOncePerGuild: number;
  readonly waitingPerGuild: number; // more are turned away
}

export const AUDIO_LIMITS: AudioLimits = {
  maxBytes: 25 * 1024 * 1024, // ten minutes of MP3 at its highest rate are 24 MB
  maxMs: 10 * 60_000, // a file takes as long as it plays, and Discord lets an answer be edited for 15 minutes
  jobMs: 14 * 60_000, // which leaves a minute of those 15 to write the answer
  atOnce: 3, // each holds a socket that a speaker may need next, and up to 25 MB
  atOncePerGuild: 1, // so that one server cannot keep the others waiting
  waitingPerGuild: 5, // at ten minutes each the next one would wait for an hour
};
