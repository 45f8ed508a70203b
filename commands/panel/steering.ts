import { PANEL_IDS } from '../../src/discord/panel/ids.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { Asker, CommandContext, ParleyControl } from '../shared/context.ts';
import { pause, resume } from '../transcribe/pause.ts';
import { stop } from '../transcribe/stop.ts';

/** The panel's buttons that do the same as `/transcribe`, for members who may use it. */
export const pauseButton = steering(PANEL_IDS.pause, pause);
export const resumeButton = steering(PANEL_IDS.resume, resume);
export const stopButton = steering(PANEL_IDS.stop, stop);

function steering(
  id: string,
  run: (asker: Asker, context: CommandContext, words: Words) => Promise<string>,
): ParleyControl {
  return {
    kind: 'button',
    id,
    answers: 'alone',
    async run(pressed, meetingId, context, words) {
      const running = context.meetings.meetingOf(pressed.guildId)?.head.id;
      return running === meetingId ? await run(pressed, context, words) : words.t('panel.otherMeeting');
    },
  };
}
