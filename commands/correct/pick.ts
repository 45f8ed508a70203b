import { ComponentType } from 'discord.js';
import type { Glossary } from '../../src/core/settings.ts';
import { namesIn } from '../../src/core/text/names.ts';
import { oneLine } from '../../src/core/text/plain-text.ts';
import { MAX_CHOICES } from '../../src/discord/formatting/limits.ts';
import type { Answer } from '../../src/discord/interactions/command.ts';
import { customId } from '../../src/discord/interactions/control.ts';
import type { Words } from '../../src/i18n/words.ts';
import { asOffset } from '../../src/minutes/model/times.ts';
import type { ParleyControl } from '../shared/context.ts';
import { type Correctable, correctableLine } from './correctable.ts';
import { formFor, shownTextOf } from './form.ts';

const MAX_LABEL = 100; // of a menu's option, in Discord

/** Asks which line of a message is meant; the last ones when a menu does not hold all. */
export function askWhich({ record, finals }: Correctable, glossary: Glossary, words: Words): Answer {
  const names = namesIn(record);
  const options = finals.slice(-MAX_CHOICES).map((final) => ({
    label: clipped(shownTextOf(final, glossary) || '…'),
    description: clipped(oneLine(`${names.get(final.speakerId) ?? ''} · ${asOffset(final.startMs)}`)),
    value: final.utteranceId,
  }));
  const menu = {
    type: ComponentType.StringSelect as const,
    custom_id: customId(lineMenu, record.head.id),
    placeholder: words.t('correct.placeholder'),
    options,
  };
  const row = { type: ComponentType.ActionRow as const, components: [menu] };
  return { content: words.t('correct.which'), components: [row] };
}

/** Opens the form for the line that was picked. */
export const lineMenu: ParleyControl = {
  kind: 'menu opener',
  id: 'k1:line',
  async open({ member, guildId, values }, meetingId, context, words) {
    const [utteranceId = ''] = values;
    const found = await correctableLine(member, meetingId, utteranceId, context, words);
    if (typeof found === 'string') return found;
    const { glossary = [] } = await context.settings.guild(guildId);
    return formFor(meetingId, found.final, glossary, words);
  },
};

function clipped(text: string): string {
  return text.length > MAX_LABEL ? `${text.slice(0, MAX_LABEL - 1).toWellFormed()}…` : text;
}
