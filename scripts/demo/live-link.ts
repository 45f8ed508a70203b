import type { Channel, Member } from '../../test/simulators/discord/index.ts';

const BUTTON = /p1:live:[\w-]+/;

/**
 * Presses “Live page” on the panel of the running meeting.
 *
 * @returns the member's own link
 */
export async function liveLinkOf(member: Member, channel: Channel): Promise<string> {
  const panel = await channel.waitFor(({ components }) => BUTTON.test(JSON.stringify(components)));
  const [button = ''] = BUTTON.exec(JSON.stringify(panel.components)) ?? [];
  const { components } = await member.click(panel, button);
  const [, url] = /"url":"([^"]+)"/.exec(JSON.stringify(components)) ?? [];
  if (url === undefined) throw new Error('The bot gave no link to the live page');
  return url;
}
