import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs, styleText } from 'node:util';
import { type Channel, type Guild, type Member, startDiscord } from '../test/simulators/discord/index.ts';
import { makeCertificate } from '../test/simulators/discord/voice/index.ts';
import { startPalabra } from '../test/simulators/palabra/index.ts';
import { startParley } from '../test/support/parley.ts';
import { channelPage } from './demo/channel-page.ts';
import { ChannelView } from './demo/channel-view.ts';
import { clusterDemo } from './demo/cluster.ts';
import { CONVERSATION, detect, translate } from './demo/conversation.ts';
import { isNotice, note, say, shownOf, withNames } from './demo/shown.ts';

const LATE_MS = 11_000; // when Chloé joins, according to the conversation

/** Runs the real bot without any account, between a simulated Discord and a simulated Palabra on loopback. */
async function demo(signal: AbortSignal, keepIn: string | undefined): Promise<void> {
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

  const bot = open.use(startParley({ discord, palabra, caFile: certificate.caFile }));
  await bot.says('Ready as');
  const { stdout } = process;
  const view = new ChannelView({
    write: (written) => stdout.write(written),
    ...(stdout.isTTY && { rows: stdout.rows, columns: stdout.columns }),
  });
  open.defer(text.watch((message) => message.isDeleted || isNotice(message) || view.show(shownOf(message, guild))));

  member('Ana').join(voice);
  member('Ben').join(voice);
  await use(member('Ana'), 'transcribe start', {});
  await use(member('Ana'), 'translate', { languages: 'es,fr' });
  await Promise.all([
    delay(LATE_MS, undefined, { signal }).then(() => member('Chloé').join(voice)),
    ...CONVERSATION.map(async (line) => {
      await delay(line.atMs, undefined, { signal });
      await member(line.who).say(line.text);
    }),
  ]);
  await use(member('Ana'), 'transcribe stop', {});
  keepFiles(text, guild);
  if (keepIn !== undefined) await keepSample(keepIn, member('Ana'), text);
  const complaints = bot.output.split('\n').filter((line) => /"level":"(?:warn|error|fatal)"/.test(line));
  for (const line of complaints) note(`The bot's log: ${line}`);

  async function use(who: Member, command: string, options: Record<string, string>): Promise<void> {
    view.note(`${who.displayName} uses /${command} ${Object.values(options).join(' ')}`.trimEnd());
    const answer = await who.command(command, options, { channel: text });
    view.note(`  only ${who.displayName} sees: ${withNames(answer.content, guild)}`);
  }
}

/** Writes the files of the minutes, and the whole channel as a web page, into a folder. */
function keepFiles(text: Channel, guild: Guild): void {
  const folder = resolve('data/demo');
  mkdirSync(folder, { recursive: true });
  const keep = (name: string, bytes: Uint8Array | string, what: string) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    say(`${what} ${styleText('cyan', relative('.', path))}`);
  };
  for (const { attachments } of text.messages) {
    for (const { filename, bytes } of attachments) keep(filename, bytes, 'The minutes:');
  }
  const messages = text.messages.filter((message) => !isNotice(message));
  const shown = messages.map((message) => ({
    ...shownOf(message, guild),
    authorName: message.authorName,
    isSpeaker: message.webhook !== undefined,
  }));
  keep('channel.html', channelPage(text.name, shown), 'The channel, as a page:');
}

/** Writes the files of the minutes under names without a date, as a sample for people who have not tried Parley. */
async function keepSample(folder: string, asker: Member, text: Channel): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const keep = (filename: string, bytes: Uint8Array) => {
    const path = join(folder, filename.replace(/^minutes-[^.]*/, 'minutes'));
    writeFileSync(path, bytes);
    say(`Kept: ${styleText('cyan', relative('.', path))}`);
  };
  for (const { attachments } of text.messages) {
    for (const { filename, bytes } of attachments) keep(filename, bytes);
  }
  const [meeting] = await asker.autocomplete('minutes export', 'meeting', '', { channel: text });
  if (!meeting) throw new Error('The demo held no meeting');
  for (const language of [undefined, 'es']) {
    const options = { meeting: `${meeting.value}`, format: 'vtt', ...(language !== undefined && { language }) };
    const { attachments } = await asker.command('minutes export', options, { channel: text });
    for (const { filename, bytes } of attachments) keep(filename, bytes);
  }
}

const { keep: keepIn, cluster: isCluster } = parseArgs({
  options: { keep: { type: 'string' }, cluster: { type: 'boolean' } },
}).values; // `keep`: the folder for the sample
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
try {
  if (isCluster) process.exitCode = (await clusterDemo(stop.signal)) ? 0 : 1;
  else {
    note(
      'Starting a simulated Discord, a simulated Palabra, and the real bot between them. Nothing leaves this machine.',
    );
    await demo(stop.signal, keepIn);
  }
} catch (error) {
  if (!stop.signal.aborted) throw error;
}
