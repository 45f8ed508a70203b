import { seededRandom } from '../../simulators/discord/voice/index.ts';

/** Words that no log line of a program would hold by chance. */
export const WORDS = (
  'marmalade pelican zephyr walnut trombone lagoon thistle biscuit meadow lantern otter velvet harbour saffron ' +
  'pebble magpie cinnamon glacier violin orchard tangerine badger almond canyon parsley turnip falcon cobalt ' +
  'bramble dolphin juniper kettle lobster mitten nutmeg oyster pigeon quilt raven sparrow teapot umbrella vinegar ' +
  'willow acorn bamboo cactus dahlia ember fiddle garlic hazel iris jasmine koala lemon maple nectar olive peach'
).split(' ');

const WORDS_A_SENTENCE = 4; // about two seconds: what people say between two breaths

/** Different sentences, the same for the same seed: about 27 characters each. */
export function sentences(count: number, seed: number): readonly string[] {
  const random = seededRandom(seed);
  const pick = () => WORDS[Math.floor(random() * WORDS.length)] ?? '';
  const made = new Set<string>();
  while (made.size < count) made.add(Array.from({ length: WORDS_A_SENTENCE }, pick).join(' '));
  return [...made];
}
