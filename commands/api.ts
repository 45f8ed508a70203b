import { InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { LONGEST_KEY_DAYS } from '../src/core/programs/keys.ts';
import { listKeys } from './api/list.ts';
import { makeKey } from './api/make.ts';
import type { ParleyCommand } from './shared/context.ts';

const LONGEST_NAME = 40;

const definition = new SlashCommandBuilder()
  .setName('api')
  .setDescription('Keys with which your programs read what you can read here')
  .setContexts(InteractionContextType.Guild)
  .addSubcommand((key) =>
    key
      .setName('key')
      .setDescription('Make a key; only you see it, and only once')
      .addStringOption((name) =>
        name
          .setName('name')
          .setDescription('What it is for, for example: notes on my laptop')
          .setRequired(true)
          .setMaxLength(LONGEST_NAME),
      )
      .addIntegerOption((days) =>
        days
          .setName('days')
          .setDescription('For how many days it works; by default 90')
          .setMinValue(1)
          .setMaxValue(LONGEST_KEY_DAYS),
      ),
  )
  .addSubcommand((keys) => keys.setName('keys').setDescription('List your keys, and revoke them'))
  .toJSON();

/** `/api`: a member's keys for programs. */
export const api: ParleyCommand = {
  definition,
  async run(ask, context, words) {
    if (ask.options.getSubcommand() === 'keys') return await listKeys(ask, context, words);
    return await makeKey(ask, context, words);
  },
};
