/** What a key does. */
export type Action =
  | 'help'
  | 'search'
  | 'end'
  | 'language'
  | 'display'
  | 'larger'
  | 'smaller'
  | 'contrast'
  | 'original'
  | 'people';

/** The keys as the help shows them, in its order. */
export const KEYS: readonly (readonly [key: string, action: Action])[] = [
  ['/', 'search'],
  ['e', 'end'],
  ['l', 'language'],
  ['o', 'original'],
  ['p', 'people'],
  ['+', 'larger'],
  ['-', 'smaller'],
  ['c', 'contrast'],
  ['d', 'display'],
  ['?', 'help'],
];

/** What was pressed, and where. */
export interface Pressed {
  readonly key: string;
  readonly isModified: boolean; // by Ctrl, Alt or the like: the browser's own shortcuts
  readonly isTyping: boolean; // into a field
}

/** What a press asks for; `undefined`: nothing of ours. */
export function actionFor({ key, isModified, isTyping }: Pressed): Action | undefined {
  if (isModified || isTyping) return undefined;
  return KEYS.find(([one]) => one === key.toLowerCase())?.[1];
}
