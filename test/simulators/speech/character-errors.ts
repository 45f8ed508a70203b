/** How many characters must be inserted, removed or exchanged to turn one text into the other (Levenshtein). */
export function characterErrors(said: string, heard: string): number {
  const wanted = [...said];
  let above = Array.from({ length: wanted.length + 1 }, (_, i) => i);
  for (const [row, character] of [...heard].entries()) {
    const current = [row + 1];
    for (const [i, want] of wanted.entries()) {
      const exchanged = (above[i] ?? 0) + (want === character ? 0 : 1);
      current.push(Math.min(exchanged, (above[i + 1] ?? 0) + 1, (current[i] ?? 0) + 1));
    }
    above = current;
  }
  return above.at(-1) ?? 0;
}
