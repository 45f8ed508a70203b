import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type Member, startDiscord } from '../../test/simulators/discord/index.ts';
import { makeCertificate } from '../../test/simulators/discord/voice/index.ts';
import { startPalabra } from '../../test/simulators/palabra/index.ts';
import { freePort } from '../../test/support/free-port.ts';
import { startParley } from '../../test/support/parley.ts';
import { ChannelView, type Paper } from './channel-view.ts';
import { type Correction, detect, type Line, translate } from './conversation.ts';
import { keepFiles, keepSample } from './kept-files.ts';
import { liveLinkOf } from './live-link.ts';
import { isNotice, note, shownOf, withNames } from './shown.ts';

const QUESTION = 'Who writes the announcement?';

interface DemoOptions {
  readonly paper: Paper;
  readonly conversation: readonly Line[];
  readonly chloeJoinsMs: number; // since the conversation began
  readonly filesIn: string; // the folder for the files of the minutes
  readonly sampleIn?: string; // the folder for the sample
  readonly correction?: Correction; // before the meeting ends
  readonly stays?: boolean; // whether the meeting's page can be read until the signal comes
}

/**
 * Runs the real bot without any account, between a simulated Discord and a simulated Palabra on loopback.
 *
 * @throws the signal's reason
 */
export async function meetingDemo(options: DemoOptions, signal: AbortSignal): Promise<void> {
  const { paper, conversation, chloeJoinsMs, filesIn, sampleIn, correction, stays = false } = options;
  await using open = new AsyncDisposableStack();
  const certificate = open.use(await makeCertificate());
  const discord = open.use(await startDiscord({ voice: { certificate } }));
  const palabra = await startPalabra({ detect, translate: (text, _from, to) => translate(text, to) });
  open.defer(() => palabra.close());
  const guild = discord.addGuild({ name: 'Demo' });
  // With these rights lines appear under the speakers' own names, and the panel is pinned.
  guild.bot.setRoles([guild.botRole, guild.addRole('Parley’s extras', ['ManageWebhooks', 'PinMessages'])]);
  const voice = guild.addVoiceChannel('Release meeting');
  const text = guild.addTextChannel('transcript');
  const people = new Map<string, Member>();
  for (const name of ['Ana', 'Ben', 'Chloé']) people.set(name, guild.addMember({ name }));
  const member = (name: string) => people.get(name) ?? guild.addMember({ name });

  const port = `${await freePort()}`;
  const more = { HTTP_HOST: '127.0.0.1', HTTP_PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` };
  const bot = open.use(startParley({ discord, palabra, caFile: certificate.caFile, more }));
  await bot.says('Ready as');
  const view = new ChannelView(paper);
  open.defer(text.watch((message) => message.isDeleted || isNotice(message) || view.show(shownOf(message, guild))));

  member('Ana').join(voice);
  member('Ben').join(voice);
  await use(member('Ana'), 'transcribe start', {});
  await use(member('Ana'), 'translate', { languages: 'es,fr' });
  const [link] = await Promise.all([
    showLink(member('Ana')),
    delay(chloeJoinsMs, undefined, { signal }).then(() => member('Chloé').join(voice)),
    ...conversation.map(async (line) => {
      await delay(line.atMs, undefined, { signal });
      await member(line.who).say(line.text);
    }),
  ]);
  if (correction) await correct(correction);
  await use(member('Chloé'), 'ask', { question: QUESTION });
  await use(member('Ana'), 'transcribe stop', {});
  keepFiles(filesIn, text, guild, paper);
  if (sampleIn !== undefined) await keepSample(sampleIn, member('Ana'), text, paper);
  const complaints = bot.output.split('\n').filter((line) => /"level":"(?:warn|error|fatal)"/.test(line));
  for (const line of complaints) note(`The bot's log: ${line}`, paper);
  if (!stays) {
    note('`npm run demo -- --stay` keeps the page of the meeting open.', paper);
    return;
  }
  note(`The page of the meeting stays open until you press Ctrl+C: ${link}`, paper);
  if (!signal.aborted) await once(signal, 'abort');

  async function use(who: Member, command: string, options: Record<string, string>): Promise<void> {
    view.note(`${who.displayName} uses /${command} ${Object.values(options).join(' ')}`.trimEnd());
    const answer = await who.command(command, options, { channel: text });
    view.note(`  only ${who.displayName} sees: ${withNames(answer.content, guild)}`);
  }

  /** Puts a line right, as the menu of its message does. */
  async function correct({ who, said, right }: Correction): Promise<void> {
    const message = await text.waitFor(({ content }) => content.includes(said));
    view.note(`${who} opens the menu of that message, picks Apps → Correct, and writes: ${right}`);
    const sent = await member(who).submit(await member(who).useOnMessage('Correct', message), { text: right });
    view.note(`  only ${who} sees: ${withNames(sent.content, guild)}`);
    await text.waitFor(({ content }) => content.includes(right));
  }

  async function showLink(who: Member): Promise<string> {
    const url = await liveLinkOf(who, text);
    view.note(`${who.displayName} presses “Live page”. Open it in your browser: ${url}`);
    return url;
  }
}
