import { ComponentType } from 'discord.js';
import { escapeNotice } from '../../src/discord/formatting/escape.ts';
import { KNOWN_LANGUAGES } from '../../src/discord/formatting/languages.ts';
import { MAX_CHOICES } from '../../src/discord/formatting/limits.ts';
import { customId } from '../../src/discord/interactions/control.ts';
import { PANEL_IDS } from '../../src/discord/panel/ids.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { ParleyControl } from '../shared/context.ts';
import { sentences } from '../shared/wording.ts';
import { pauseRow } from './my-pause.ts';

const AS_SPOKEN = 'as-spoken';

/** Asks in which language the member wants to read everything that only they see, and how long their pauses are. */
export const myLanguageButton: ParleyControl = {
  kind: 'button',
  id: PANEL_IDS.reads,
  answers: 'alone',
  async run(pressed, _meetingId, { settings }, words) {
    const { reads, pause: mine } = await settings.member(pressed.guildId, pressed.user.id);
    const { translateTo, pause } = await settings.guild(pressed.guildId);
    const options = [
      { label: words.t('panel.readsAsSpoken'), value: AS_SPOKEN, default: reads === undefined },
      ...languagesFor(translateTo, reads).map((code) => ({
        label: labelOf(code, words),
        value: code,
        default: code === reads,
      })),
    ];
    const menu = {
      type: ComponentType.StringSelect as const,
      custom_id: customId(myLanguageMenu, 'me'),
      options: options.slice(0, MAX_CHOICES),
    };
    const row = { type: ComponentType.ActionRow as const, components: [menu] };
    return {
      content: `${words.t('panel.readsQuestion')}\n${words.t('panel.pauseQuestion')}`,
      components: [row, pauseRow(mine, pause, words)],
    };
  },
};

export const myLanguageMenu: ParleyControl = {
  kind: 'menu',
  id: 'p1:reading',
  answers: 'in place',
  async run(picked, _me, { settings }, words) {
    const [code] = picked.values;
    const reads = code === AS_SPOKEN ? undefined : code;
    await settings.changeMember(picked.guildId, picked.user.id, { reads });
    if (reads === undefined) return words.t('panel.readsOriginal');
    const { translateTo } = await settings.guild(picked.guildId);
    const hint = translateTo.includes(reads) ? '' : words.t('panel.readsUntranslated');
    return sentences(words.t('panel.readsNow', { language: escapeNotice(words.language(reads)) }), hint);
  },
};

/** The server's translation languages come first, as there will be translations into them. */
function languagesFor(translateTo: readonly string[], reads: string | undefined): readonly string[] {
  const known = KNOWN_LANGUAGES.map(({ code }) => code);
  return [...new Set([...translateTo, ...(reads === undefined ? [] : [reads]), ...known])];
}

function labelOf(code: string, words: Words): string {
  const native = KNOWN_LANGUAGES.find((language) => language.code === code)?.native;
  const name = words.language(code);
  return native === undefined || native.toLowerCase() === name.toLowerCase() ? name : `${name} – ${native}`;
}
