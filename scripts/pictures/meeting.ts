import { type Member, startDiscord } from '../../test/simulators/discord/index.ts';
import { makeCertificate } from '../../test/simulators/discord/voice/index.ts';
import { startPalabra } from '../../test/simulators/palabra/index.ts';
import { freePort } from '../../test/support/free-port.ts';
import { startParley } from '../../test/support/parley.ts';
import { channelAsPage } from '../demo/kept-files.ts';
import { liveLinkOf } from '../demo/live-link.ts';
import { CONVERSATION, detect, translate } from './conversation.ts';

/** The meeting that the pictures show. Zoë is there and does not want to be heard. */
export async function meetingInPictures() {
  await using open = new AsyncDisposableStack();
  const certificate = open.use(await makeCertificate());
  const discord = open.use(await startDiscord({ voice: { certificate } }));
  const palabra = await startPalabra({ detect, translate });
  open.defer(() => palabra.close());
  const guild = discord.addGuild({ name: 'Book club' });
  guild.bot.setRoles([guild.botRole, guild.addRole('Parley’s extras', ['ManageWebhooks', 'PinMessages'])]);
  const voice = guild.addVoiceChannel('Release planning');
  const text = guild.addTextChannel('transcript');
  const ana = guild.addMember({ name: 'Ana', permissions: ['ManageGuild'] });
  const zoe = guild.addMember({ name: 'Zoë' });
  const others = ['Ben', 'Yuki', 'ليلى'].map((name) => guild.addMember({ name }));
  const port = `${await freePort()}`;
  const more = { HTTP_HOST: '127.0.0.1', HTTP_PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` };
  const bot = open.use(startParley({ discord, palabra, caFile: certificate.caFile, more }));
  await bot.says('Ready as');
  const use = async (who: Member, command: string, options: Record<string, string | number> = {}) =>
    await who.command(command, options, { channel: text });
  await use(zoe, 'privacy opt-out');
  for (const member of [ana, zoe, ...others]) member.join(voice);
  await use(ana, 'transcribe start');
  await use(ana, 'translate', { languages: 'es,fr' });
  const say = async ({ who, text }: (typeof CONVERSATION)[number]) => {
    const member = [ana, ...others].find(({ displayName }) => displayName === who);
    if (!member) throw new Error(`Nobody is called ${who}`);
    await member.say(text);
  };
  const rest = open.move();
  return {
    liveLink: () => liveLinkOf(ana, text),
    /** @param lines - how many it shows */
    async overlayLink(lines: number): Promise<string> {
      const { content } = await use(ana, 'overlay link', { lines });
      const [address] = /http:\S+/.exec(content) ?? [];
      if (address === undefined) throw new Error(`The bot gave no link to an overlay: ${content}`);
      return address;
    },
    /** All lines but the last. */
    async talk(): Promise<void> {
      for (const line of CONVERSATION.slice(0, -1)) await say(line);
    },
    /** The last line, while the pictures are taken. */
    async sayLast(): Promise<void> {
      for (const line of CONVERSATION.slice(-1)) await say(line);
    },
    /** @returns once the minutes are in the channel */
    async stop(): Promise<void> {
      await use(ana, 'transcribe stop');
      await text.waitFor(({ attachments }) => attachments.length > 0);
    },
    /** The text channel as a page that looks like Discord. */
    channel: () => channelAsPage(text, guild),
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}
