import { ChannelType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { isInStageAudience } from '../../../src/discord/permissions/on-stage.ts';

const stage = { type: ChannelType.GuildStageVoice };
const ordinary = { type: ChannelType.GuildVoice };

describe('whether somebody is in the audience of a stage', () => {
  it.each([
    ['who came to a stage', stage, true, null, true],
    ['who raises a hand there', stage, true, 1, true],
    ['who was invited up and has not answered', stage, false, 1, true],
    ['who is on it', stage, false, null, false],
    ['who may not speak in a voice channel', ordinary, true, null, false],
    ['who is in a voice channel', ordinary, false, null, false],
    ['who is nowhere', null, false, null, false],
    ['whose state says nothing of it', stage, null, null, false],
  ])('is told of somebody %s', (_, channel, suppress, requestToSpeakTimestamp, expected) => {
    expect(isInStageAudience({ channel, suppress, requestToSpeakTimestamp })).toBe(expected);
  });
});
