import { PANEL_IDS } from '../../src/discord/panel/ids.ts';
import { show } from '../minutes/show.ts';
import type { ParleyControl } from '../shared/context.ts';

/** Shows the minutes so far to members who may read them. */
export const soFarButton: ParleyControl = {
  kind: 'button',
  id: PANEL_IDS.soFar,
  answers: 'alone',
  async run(pressed, meetingId, context, words) {
    return await show(pressed, context, meetingId, words);
  },
};
