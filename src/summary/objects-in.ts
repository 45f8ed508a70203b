const MAX_TRIED = 200; // opening braces per answer: an answer with more of them holds no summary
const THOUGHT_ENDS = '</think>';

/**
 * The JSON objects in a model's answer, the last one first.
 *
 * Models write thoughts before the object and remarks after it, which may contain braces. So the text between each
 * opening brace and its closing brace is tried, and skipped if it is not JSON.
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

/** The index of the brace that closes the object beginning at `from`, or `undefined`. */
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
