const MAX_TRIED = 200; // opening braces of one answer: a model that writes more of them writes no summary
const THOUGHT_ENDS = '</think>';

/**
 * The JSON objects that stand in a model's answer, the last one first.
 *
 * Models think aloud before it and make remarks behind it, with braces of their own. So each brace that opens is followed to the one
 * that closes it; what is no JSON is passed over.
 */
export function objectsIn(answer: string): unknown[] {
  const thought = answer.lastIndexOf(THOUGHT_ENDS);
  const text = thought < 0 ? answer : answer.slice(thought + THOUGHT_ENDS.length);
  const found: unknown[] = [];
  let from = text.indexOf('{');
  for (let tried = 0; from >= 0 && tried < MAX_TRIED; tried += 1) {
    const end = closingOf(text, from);
    const parsed = end === undefined ? undefined : parse(text.slice(from, end + 1));
    if (parsed !== undefined) found.unshift(parsed);
    from = text.indexOf('{', parsed === undefined || end === undefined ? from + 1 : end + 1);
  }
  return found;
}

/** Where the object ends that begins there; `undefined` when it does not. */
function closingOf(text: string, from: number): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
