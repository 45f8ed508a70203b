const WORDS = (
  'about after again also answer because before better bring build change choose clear close could customer date decide ' +
  'different early enough every figure first follow found from given great group happen heard house idea interest know ' +
  'large later letter level little made market matter meeting might month morning name never next number often open order ' +
  'other paper people perhaps place plan point possible price problem project question quite rather ready reason release ' +
  'report right same second should small some start still table team thing think third time today together until version ' +
  'want week where while without word work would write year'
).split(' ');
const WORDS_PER_SENTENCE = 4; // about two seconds of simulated speech

/** The sentences of one person. None is contained in another one of the same or of another person. */
export function sentencesOf(person: number, count: number): string[] {
  return Array.from({ length: count }, (_, turn) => {
    const words = Array.from(
      { length: WORDS_PER_SENTENCE },
      (_, i) => WORDS[(person * 31 + turn * 17 + i * 41 + turn * i * 7) % WORDS.length] ?? '',
    );
    return `p${person} says ${turn} ${words.join(' ')} end`;
  });
}
