/**
 * A turn of phrase, written in words with a few signs between them:
 *
 *     we/they        one of these words
 *     (just)         this word, or nothing
 *     !be/have       any word but these
 *     look_into/do   an underscore is a space inside one choice
 *     decid*   *ing  any word that begins, or ends, like this; * alone: any word
 *     *ing!thing/ring  any of these words but those
 *     #              a number in digits
 *     ...            up to four words, whichever they are
 *     ^   $          the beginning (after words that only begin: "well", "so"), and the end of the sentence
 *
 * Case and punctuation do not count. In a language without spaces a space means nothing, and "..." stands for up to twelve characters.
 */
export type Phrase = string;

/** What people of one language say when they do something by saying it. */
export interface Vocabulary {
  readonly hasSpaces: boolean; // between words
  /** Words of hesitation, which are not heard anywhere in a sentence. */
  readonly hesitations: readonly Phrase[];
  /** Words with which a sentence may begin without meaning anything. */
  readonly openers: readonly Phrase[];
  /** Greetings, thanks, and what is said about the call itself: of no weight to a reader. */
  readonly smallTalk: readonly Phrase[];
  readonly questions: {
    readonly words: readonly Phrase[]; // that ask: a sentence with one of them is no mere echo
    readonly unmarked: readonly Phrase[]; // questions without a question mark
    readonly never: readonly Phrase[]; // nobody is meant to answer, or it is about the call or the meeting's order
    readonly answeredAtOnce: readonly Phrase[]; // how speakers go on who answer themselves
    readonly whoWill: readonly Phrase[]; // ask for somebody to do something: a short “I” answers them with a promise
  };
  /** Answers that leave a question open: “no idea”, “it depends”, “not now”. */
  readonly leftOpen: readonly Phrase[];
  readonly promises: {
    readonly says: readonly Phrase[];
    readonly withTime: readonly Phrase[]; // promises only together with a time: “I call him on Monday”
    readonly me: readonly Phrase[]; // short answers to `whoWill`
    readonly never: readonly Phrase[];
  };
  /** By when: each as long as it is said, as it is quoted. */
  readonly times: readonly Phrase[];
  /** Words that make a time the latest one: “by”, “until”. */
  readonly deadlines: readonly Phrase[];
  readonly decisions: {
    readonly says: readonly Phrase[];
    readonly never: readonly Phrase[];
  };
}
