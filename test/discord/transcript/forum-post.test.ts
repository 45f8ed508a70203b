import { describe, expect, it } from 'vitest';
import { tagsFor } from '../../../src/discord/transcript/forum-post.ts';

const tag = (name: string, moderated = false) => ({ id: name, name, moderated });
const many = Array.from({ length: 7 }, (_, index) => `t${index}`);

describe('the tags of a new post', () => {
  it.each<[string, ReturnType<typeof tag>[], boolean, string[], string[] | undefined]>([
    ['none where the forum has none', [], false, ['Standup'], []],
    [
      'those that are called like the meeting, in whatever letters',
      [tag('STANDUP'), tag('Other')],
      false,
      ['Standup'],
      ['STANDUP'],
    ],
    [
      'the channel’s and the language’s',
      [tag('English'), tag('Hall')],
      false,
      ['Hall', 'en', 'English'],
      ['English', 'Hall'],
    ],
    ['none where none fits', [tag('Other')], false, ['Standup'], []],
    ['the first where none fits and one is needed', [tag('Other'), tag('More')], true, ['Standup'], ['Other']],
    ['the one that fits where one is needed', [tag('Other'), tag('Standup')], true, ['Standup'], ['Standup']],
    ['none of the moderators’', [tag('Standup', true)], false, ['Standup'], []],
    ['missing where all are the moderators’ and one is needed', [tag('Standup', true)], true, ['Standup'], undefined],
    ['missing where there is none and one is needed', [], true, [], undefined],
    ['five at most', many.map((name) => tag(name)), false, many, many.slice(0, 5)],
    ['none for names without letters', [tag('')], false, ['Standup', '  '], []],
  ])('are %s', (_, tags, isRequired, names, expected) => {
    expect(tagsFor(tags, isRequired, names)).toEqual(expected);
  });
});
