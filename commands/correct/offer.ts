import { ButtonStyle, ComponentType, type GuildMember } from 'discord.js';
import { type ChangedTerm, changedTerm } from '../../src/core/correcting/changed-term.ts';
import type { MeetingRecord } from '../../src/core/record.ts';
import type { FinalSegment } from '../../src/core/segment.ts';
import type { Glossary } from '../../src/core/settings.ts';
import { inOwnWords } from '../../src/core/text/glossary.ts';
import { oneLine } from '../../src/core/text/plain-text.ts';
import { escapeInline } from '../../src/discord/formatting/escape.ts';
import { customId } from '../../src/discord/interactions/control.ts';
import { mayManage } from '../../src/discord/permissions/steering.ts';
import type { Words } from '../../src/i18n/words.ts';
import { addHeardTerm } from '../settings/parts/glossary.ts';
import type { CommandContext, ParleyControl } from '../shared/context.ts';
import { correctableLine } from './correctable.ts';

const MAX_SHOWN = 40; // characters of the term on the button, which takes 80

interface CorrectedLine {
  readonly record: Pick<MeetingRecord, 'head'>;
  readonly final: FinalSegment;
}

/** Offers to put a changed term into the glossary, to members who may change it. */
export async function offerTerm(
  member: GuildMember,
  { record, final }: CorrectedLine,
  glossary: Glossary,
  { settings }: Pick<CommandContext, 'settings'>,
  words: Words,
) {
  const term = termOf(final, glossary);
  if (!term || !(await mayManage(member, settings))) return { content: '', components: [] };
  const shown = term.written.slice(0, MAX_SHOWN).toWellFormed();
  const button = {
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label: words.t('correct.addTerm', { written: shown }),
    custom_id: customId(termButton, `${record.head.id}:${final.utteranceId}`),
  };
  const values = { heard: escapeInline(term.heard), written: escapeInline(term.written) };
  return {
    content: words.t('correct.offer', values),
    components: [{ type: ComponentType.ActionRow as const, components: [button] }],
  };
}

/** Puts the term that a correction changed into the glossary. */
export const termButton: ParleyControl = {
  kind: 'button',
  id: 'k1:term',
  answers: 'in place',
  async run({ member, guildId, user }, concerns, context, words) {
    if (!(await mayManage(member, context.settings))) return words.t('access.notManager');
    const [meetingId = '', utteranceId = ''] = concerns.split(':');
    const found = await correctableLine(member, meetingId, utteranceId, context, words);
    if (typeof found === 'string') return found;
    const { glossary = [] } = await context.settings.guild(guildId);
    const term = termOf(found.final, glossary);
    if (!term) return words.t('correct.noTerm');
    return await addHeardTerm(term, { guildId, userId: user.id }, context, words);
  },
};

/** What changed between the line as it was shown at first and as it is now. */
function termOf({ corrected, text, language }: FinalSegment, glossary: Glossary): ChangedTerm | undefined {
  return corrected && changedTerm(oneLine(inOwnWords(corrected.original, language, glossary)), text);
}
