import { ApplicationCommandType, InteractionContextType } from 'discord.js';
import { correctableIn } from './correct/correctable.ts';
import { formFor } from './correct/form.ts';
import { askWhich } from './correct/pick.ts';
import type { ParleyMessageOpener } from './shared/context.ts';

/** `Correct`, in every message's menu: a form with a transcript line, for its speaker or a manager to put right. */
export const correct: ParleyMessageOpener = {
  definition: {
    type: ApplicationCommandType.Message,
    name: 'Correct',
    contexts: [InteractionContextType.Guild],
  },
  async open({ member, targetId, guildId }, context, words) {
    const found = await correctableIn(member, targetId, context, words);
    if (typeof found === 'string') return found;
    const { glossary = [] } = await context.settings.guild(guildId);
    const [final, ...others] = found.finals;
    if (!final || others.length > 0) return askWhich(found, glossary, words);
    return formFor(found.record.head.id, final, glossary, words);
  },
};
