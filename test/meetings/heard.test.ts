import { describe, expect, it } from 'vitest';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';

describe('a meeting that is written where only its starter reads', inRealTime, () => {
  it('tells the others beside the voices before it hears them, who comes later too, and takes no words of a room that readers could not enter', {
    timeout: 60_000,
  }, async () => {
    await using stage = await openStage();
    const { discord, guild, voice, palabra } = stage;
    const ana = guild.addMember({ name: 'Ana' });
    const secret = guild.addTextChannel('secret', {
      overwrites: [
        { for: guild.everyone, deny: ['ViewChannel'] },
        { for: ana, allow: ['ViewChannel'] },
        { for: guild.botRole, allow: ['ViewChannel'] },
      ],
    });
    const ben = guild.addMember({ name: 'Ben' });
    ana.join(voice);
    ben.join(voice);
    const heard = () => palabra.finals.map(({ text }) => text);
    let wasToldFirst: boolean | undefined;
    const speaking = voice.watch(() => {
      wasToldFirst ??= palabra.sockets.length === 0;
    });
    await ana.command('transcribe start', {}, { channel: secret });
    const notice = await voice.waitFor(({ content }) => content.includes('is transcribed'));
    speaking();
    expect(wasToldFirst).toBe(true);
    expect(notice.content).toContain(`Started by <@${ana.id}>`);
    expect(notice.content).not.toContain(secret.id);
    await ben.say('I know that I am heard.');
    await palabra.until(() => heard().length === 1);

    const cem = guild.addMember({ name: 'Cem' });
    cem.join(voice);
    await voice.waitFor(({ content }) => content.startsWith('Welcome, Cem.'));
    await cem.click(notice, 'c1:do-not-hear-me:');
    await cem.say('Nobody hears.');

    const board = guild.addVoiceChannel('Board', {
      overwrites: [
        { for: guild.everyone, deny: ['ViewChannel'] },
        { for: guild.botRole, allow: ['ViewChannel'] },
      ],
    });
    const chair = guild.addMember({ name: 'Chair' });
    board.setOverwrite({ for: chair, allow: ['ViewChannel'] });
    chair.join(board);
    guild.moveBot(board);
    const speech = chair.say('This stays among us.');
    await secret.waitFor(({ content }) => content.includes('The meeting ends here'));
    await speech;
    await secret.waitFor(({ attachments }) => attachments.length > 0); // the minutes
    expect(heard()).toEqual(['I know that I am heard.']);
    expect(secret.history.map(({ content }) => content).join('\n')).not.toMatch(/Nobody hears|among us|Board/);
    await expect.poll(() => notice.content).toContain('the meeting is over');
    expect(discord.violations).toEqual([]);
  });
});
