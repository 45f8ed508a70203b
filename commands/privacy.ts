import { InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { optIn, optOut } from './privacy/choose.ts';
import { forgetMe } from './privacy/forget.ts';
import { policy } from './privacy/policy.ts';
import type { ParleyCommand } from './shared/context.ts';

const definition = new SlashCommandBuilder()
  .setName('privacy')
  .setDescription('Your rights: not to be heard, and to be forgotten')
  .setContexts(InteractionContextType.Guild)
  .addSubcommand((out) => out.setName('opt-out').setDescription('Stop hearing me in this server, from now on'))
  .addSubcommand((opt) => opt.setName('opt-in').setDescription('Hear me in this server'))
  .addSubcommand((forget) => forget.setName('forget-me').setDescription('Erase what I said in this server'))
  .addSubcommand((policy) => policy.setName('policy').setDescription('What is heard, sent and kept'))
  .toJSON();

/** `/privacy`: a member's own rights. */
export const privacy: ParleyCommand = {
  definition,
  async run(ask, context, words) {
    switch (ask.options.getSubcommand()) {
      case 'opt-out':
        return await optOut(ask, context, words);
      case 'opt-in':
        return await optIn(ask, context, words);
      case 'forget-me':
        return await forgetMe(ask, context, words);
      default:
        return await policy(ask, context, words);
    }
  },
};
