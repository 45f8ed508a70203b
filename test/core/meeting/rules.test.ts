import { describe, expect, it } from 'vitest';
import { MeetingRules } from '../../../src/core/meeting/rules.ts';

const guild = { spoken: 'en', translateTo: ['es', 'pt-BR'] };

describe('the rules of a meeting', () => {
  it.each([
    ['the guild’s language', undefined, undefined, { language: 'en', translateTo: ['es', 'pt-BR'] }],
    ['the meeting’s own language first', 'fr', undefined, { language: 'fr', translateTo: ['es', 'pt-BR'] }],
    ['a person’s own language before both', 'fr', 'ja', { language: 'ja', translateTo: ['es', 'pt-BR'] }],
    ['no translation into what is spoken', 'es-419', undefined, { language: 'es-419', translateTo: ['pt-BR'] }],
    ['no translation into what the person speaks', undefined, 'pt', { language: 'pt', translateTo: ['es'] }],
  ] as const)('have people recognised in %s', (_, forMeeting, own, options) => {
    const rules = new MeetingRules(guild, forMeeting);
    expect(rules.sttOptionsFor({ ...(own !== undefined && { spoken: own }) })).toEqual(options);
  });

  it.each([
    [undefined, undefined, undefined],
    ['patient', undefined, 'patient'],
    [undefined, 'quick', 'quick'],
    ['patient', 'quick', 'quick'],
  ] as const)('end sentences by the pause of the guild (%s), or by a person’s own (%s)', (ofGuild, own, expected) => {
    const rules = new MeetingRules({ ...guild, ...(ofGuild && { pause: ofGuild }) }, undefined);
    expect(rules.sttOptionsFor({ ...(own && { pause: own }) }).pause).toBe(expected);
  });

  it('apply the meeting’s own language until the guild’s is changed', () => {
    const rules = new MeetingRules(guild, 'fr');
    rules.change({ ...guild, translateTo: ['de'] });
    expect(rules.sttOptions).toEqual({ language: 'fr', translateTo: ['de'] });
    rules.change({ ...guild, spoken: 'it' });
    expect([rules.spoken, rules.sttOptions.language]).toEqual([undefined, 'it']);
  });
});
