import type { Member } from '../../../test/simulators/discord/index.ts';
import type { Outcome, Scene, Stop } from '../stop.ts';
import { becomes, buttonOf, type ChannelPlan, TheirServer, textOf } from '../their-server.ts';

const SECRET = 'the merger is on friday';
const HIDDEN: ChannelPlan = { text: [], voice: [] };

async function playChoosing(scene: Scene): Promise<Outcome> {
  const their = new TheirServer(scene, 'Who may choose', HIDDEN);
  await their.meet();
  await their.say('one before it');
  const flaws: string[] = [];
  if (!(await their.isWritten('one before it', 10_000))) flaws.push('nothing was written before the attack');
  await their.answerTo(their.command(their.outsider, 'translate', { languages: 'zz' }));
  await their.answerTo(their.command(their.outsider, 'language', { spoken: 'xx', scope: 'server' }));
  // A manager may choose languages. But six hundred, most of them unknown to the recogniser, must not end the
  // transcript either.
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const all = letters.flatMap((first) => letters.map((second) => first + second)).slice(0, 600);
  const said = await their.answerTo(their.command(their.mallory, 'translate', { languages: all.join(',') }));
  await their.answerTo(their.command(their.mallory, 'translate', { languages: 'fr,zz' }));
  await their.say('one after it');
  if (!(await their.isWritten('one after it', 12_000))) flaws.push('the transcript stopped');
  if (their.text.history.some(({ content }) => content.includes(their.outsider.displayName))) {
    flaws.push('the outsider’s name is in a channel that they cannot see');
  }
  const shown = await their.answerTo(their.command(their.mallory, 'translate'));
  if (/`zz`|`qq`/.test(shown)) flaws.push('an unknown language was accepted');
  const spoken = await their.answerTo(their.command(their.mallory, 'settings show'));
  if (/\bxx\b/.test(spoken)) flaws.push('the outsider chose the server’s language');
  their.leave();
  return {
    summary: said.length < 400 ? `the transcript continues; 600 languages: “${firstLine(said)}”` : 'answered',
    flaws,
  };
}

export const outsidersChoose: Stop = {
  number: 7,
  tried: '`/translate zz` and `/language xx scope:server` from outside a hidden meeting; 600 languages by its manager',
  play: playChoosing,
};

/** The answers to everything with which somebody could try to read a meeting. */
async function everythingReadBy(their: TheirServer, member: Member, meetingId: string): Promise<string[]> {
  const channel = their.lobby;
  const ask = (name: string, options = {}) => their.answerTo(their.command(member, name, options));
  const answers = [
    ...['md', 'json', 'vtt'].map((format) => ask('minutes export', { meeting: meetingId, format })),
    ask('minutes search', { query: 'merger' }),
    ask('minutes show', { meeting: meetingId }),
    ask('minutes list'),
    ask('minutes latest'),
    ask('catch-up', { minutes: 30 }),
    member
      .autocomplete('minutes export', 'meeting', '', { channel, options: { format: 'md' } })
      .then((choices) => JSON.stringify(choices)),
  ];
  return await Promise.all(answers);
}

/** The answers that reveal the meeting. */
function leaksIn(answers: readonly string[], their: TheirServer, meetingId: string): string[] {
  const secrets = [/merger/, new RegExp(their.text.id), new RegExp(their.voice.id), /Secret room|secret-talk/];
  const bad = answers.filter(
    (answer) => secrets.some((pattern) => pattern.test(answer)) || answer.includes(`"${meetingId}"`),
  );
  return bad.length === 0
    ? []
    : [`${bad.length} of ${answers.length} ways to read it worked: ${firstLine(bad[0] ?? '')}`];
}

async function playThread(scene: Scene): Promise<Outcome> {
  const their = new TheirServer(scene, 'Private thread', { voice: [] });
  const thread = their.text.startThread('board', {
    owner: their.mallory.user,
    private: true,
    members: [their.ana, their.guild.bot],
  });
  const started = await their.meet('es', thread);
  const flaws: string[] = [];
  await their.say(SECRET);
  if (!(await their.isWritten(SECRET, 10_000, thread))) {
    return { summary: `not started: “${firstLine(textOf(started))}”`, flaws: ['nothing was written into the thread'] };
  }
  const id = await their.meetingId();
  flaws.push(...leaksIn(await everythingReadBy(their, their.outsider, id), their, id));
  const panel = thread.messages.find((message) => buttonOf(message, 'p1:live') !== undefined);
  if (panel) {
    const pressed = await their.answerTo(their.outsider.click(panel, buttonOf(panel, 'p1:live') ?? ''));
    if (pressed.includes('"url"')) flaws.push('the bot gave a link to the live page');
  }
  await their.stop();
  flaws.push(...leaksIn(await everythingReadBy(their, their.outsider, id), their, id));
  their.leave();
  return { summary: 'no list, search, export, catch-up or live page, during the meeting or afterwards', flaws };
}

export const privateThread: Stop = {
  number: 8,
  tried: 'a meeting in a private thread, read by somebody who sees only the parent channel',
  play: playThread,
};

async function playLocked(scene: Scene): Promise<Outcome> {
  const flaws: string[] = [];
  const plans: [string, ChannelPlan][] = [
    ['locked voice', { text: [], voice: ['View'] }],
    ['no history', { text: ['View'], voice: [] }],
  ];
  for (const [name, plan] of plans) {
    const their = new TheirServer(scene, name, plan);
    await their.meet();
    await their.say(SECRET);
    if (!(await their.isWritten(SECRET, 10_000))) flaws.push(`${name}: nothing was written`);
    const id = await their.meetingId();
    await their.stop();
    const leaks = leaksIn(await everythingReadBy(their, their.outsider, id), their, id);
    flaws.push(...leaks.map((leak) => `${name}: ${leak}`));
    their.leave();
  }
  return { summary: 'no list, search, export or catch-up of either', flaws };
}

export const lockedVoice: Stop = {
  number: 9,
  tried:
    'a hidden text channel read by somebody who sees the locked voice channel; a channel without Read Message History searched',
  play: playLocked,
};

async function playStatus(scene: Scene): Promise<Outcome> {
  const their = new TheirServer(scene, 'Status', HIDDEN);
  await their.meet();
  await their.say('hello there');
  await their.isWritten('hello there', 10_000);
  const loud = their.guild.addVoiceChannel('Open room');
  their.outsider.join(loud);
  const flaws: string[] = [];
  const names = [their.text.id, their.voice.id, their.mallory.id, their.ana.displayName];
  for (const name of ['transcribe status', 'transcribe start', 'transcribe pause', 'transcribe stop']) {
    const answer = await their.answerTo(their.command(their.outsider, name));
    const revealed = names.filter((what) => answer.includes(what));
    if (revealed.length > 0) flaws.push(`/${name} reveals to an outsider: ${firstLine(answer)}`);
  }
  // A manager by role may neither remove the role nor give it to others.
  const role = their.guild.addRole('deputies');
  await their.command(their.mallory, 'settings set', { 'manager-role': role });
  const deputy = their.guild.addMember({ name: 'deputy' });
  deputy.setRoles([role]);
  await their.answerTo(their.command(deputy, 'settings set', { reset: 'manager-role' }));
  const shown = await their.answerTo(their.command(their.mallory, 'settings show'));
  if (!shown.includes(role.id)) flaws.push('somebody who manages only by that role reset the manager role');
  their.leave();
  return { summary: 'they learn only that a meeting runs; the role stays', flaws };
}

export const statusOutside: Stop = {
  number: 10,
  tried:
    '`status`, `start`, `pause` and `stop` of a hidden meeting by an outsider; the manager role reset by somebody who has it',
  play: playStatus,
};

const ADDRESSES = [
  'https://:pw@example.com/in',
  'https://user:pw@example.com/in',
  'http://example.com/in',
  'https://[fec0::1]/in',
  'https://[::ffff:0:7f00:1]/in',
  'https://[2001:0:7f00:1::1]/in',
  'https://[100::1]/in',
  'https://[2001:db8::1]/in',
  'https://192.0.2.1/in',
  'https://203.0.113.7/in',
  'https://127.0.0.1/in',
  'https://2130706433/in',
];

async function playWebhook(scene: Scene): Promise<Outcome> {
  const their = new TheirServer(scene, 'Webhook');
  const flaws: string[] = [];
  const shown = async () => await their.answerTo(their.command(their.mallory, 'settings webhook'));
  const keeper = their.guild.addMember({ name: 'keeper', permissions: ['ManageChannels'] });
  await their.answerTo(their.command(keeper, 'settings webhook', { url: 'https://example.com/in' }));
  if ((await shown()).includes('example.com')) flaws.push('somebody with only Manage Channels set the webhook');
  await their.command(their.mallory, 'settings webhook', { off: true });
  const none = await shown();
  const taken: string[] = [];
  for (const url of ADDRESSES) {
    await their.answerTo(their.command(their.mallory, 'settings webhook', { url }));
    if ((await shown()) !== none) taken.push(url);
    await their.command(their.mallory, 'settings webhook', { off: true });
  }
  // Addresses that were accepted must at least not be reached. Minutes are sent to each, and the log says why that
  // failed.
  const unreached = await refusedWhenSent(scene, taken);
  flaws.push(...taken.filter((url) => !unreached.includes(url)).map((url) => `accepted and contacted: ${url}`));
  their.leave();
  return {
    summary: `refused: ${ADDRESSES.length - taken.length} addresses at once, and ${unreached.length} when used`,
    flaws,
  };
}

/** The addresses that are refused when minutes are sent there. The bot's log says so without their paths. */
async function refusedWhenSent(scene: Scene, urls: readonly string[]): Promise<string[]> {
  const { bot } = scene.stage;
  const refused: string[] = [];
  for (const url of urls) {
    const their = new TheirServer(scene, 'Address'); // a new server each time, as the bot limits starts per server
    const { length } = bot.output;
    await their.command(their.mallory, 'settings webhook', { url });
    await their.meet();
    await their.stop();
    const line = () =>
      bot.output
        .slice(length)
        .split('\n')
        .find((text) => /webhook|sent on/.test(text) && text.includes('"reason"'));
    await becomes(3_000, () => line() !== undefined);
    if (/private|public|special/i.test(line() ?? '')) refused.push(url);
    their.leave();
  }
  return refused;
}

export const webhookByKeeper: Stop = {
  number: 11,
  tried: 'the webhook, set with only *Manage Channels*; with a password, by http, and to twelve special addresses',
  play: playWebhook,
};

function firstLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, 120);
}

/** The messages of the bot that somebody can see. */
export function seenBy(member: Member, their: TheirServer): string[] {
  const channels = [...their.guild.channels.values(), ...their.guild.threads.values()];
  return channels
    .filter((channel) => member.may('ViewChannel', channel))
    .flatMap((channel) => channel.messages)
    .filter(({ author }) => author.id === their.guild.bot.id)
    .map((message) => `${message.content}\n${JSON.stringify(message.components)}\n${JSON.stringify(message.embeds)}`);
}
