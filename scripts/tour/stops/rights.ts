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
  if (!(await their.isWritten('one before it', 10_000))) flaws.push('nothing was written before it');
  await their.answerTo(their.command(their.outsider, 'translate', { languages: 'zz' }));
  await their.answerTo(their.command(their.outsider, 'language', { spoken: 'xx', scope: 'server' }));
  // Who manages may choose, but six hundred languages, most of which the recogniser does not know, must not end it either.
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const all = letters.flatMap((first) => letters.map((second) => first + second)).slice(0, 600);
  const told = await their.answerTo(their.command(their.mallory, 'translate', { languages: all.join(',') }));
  await their.answerTo(their.command(their.mallory, 'translate', { languages: 'fr,zz' }));
  await their.say('one after it');
  if (!(await their.isWritten('one after it', 12_000))) flaws.push('the transcript stopped');
  if (their.text.history.some(({ content }) => content.includes(their.outsider.displayName))) {
    flaws.push('the outsider’s name stands in a channel that they cannot see');
  }
  const shown = await their.answerTo(their.command(their.mallory, 'translate'));
  if (/`zz`|`qq`/.test(shown)) flaws.push('a language was taken that nobody knows');
  const spoken = await their.answerTo(their.command(their.mallory, 'settings show'));
  if (/\bxx\b/.test(spoken)) flaws.push('the outsider chose the server’s language');
  their.leave();
  return {
    told: told.length < 400 ? `the transcript goes on; 600 languages: “${firstLine(told)}”` : 'answered',
    flaws,
  };
}

export const outsidersChoose: Stop = {
  number: 7,
  tried: '`/translate zz` and `/language xx scope:server` from outside a hidden meeting; 600 languages by its manager',
  play: playChoosing,
};

/** Everything that somebody could try to read a meeting with. */
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

/** What of it tells them of the meeting. */
function leaksIn(answers: readonly string[], their: TheirServer, meetingId: string): string[] {
  const told = [/merger/, new RegExp(their.text.id), new RegExp(their.voice.id), /Secret room|secret-talk/];
  const bad = answers.filter(
    (answer) => told.some((pattern) => pattern.test(answer)) || answer.includes(`"${meetingId}"`),
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
    return { told: `not started: “${firstLine(textOf(started))}”`, flaws: ['nothing was written into the thread'] };
  }
  const id = await their.meetingId();
  flaws.push(...leaksIn(await everythingReadBy(their, their.outsider, id), their, id));
  const panel = thread.messages.find((message) => buttonOf(message, 'p1:live') !== undefined);
  if (panel) {
    const pressed = await their.answerTo(their.outsider.click(panel, buttonOf(panel, 'p1:live') ?? ''));
    if (pressed.includes('"url"')) flaws.push('a link to the live page was given');
  }
  await their.stop();
  flaws.push(...leaksIn(await everythingReadBy(their, their.outsider, id), their, id));
  their.leave();
  return { told: 'no list, search, export, catch-up or live page of it, running or over', flaws };
}

export const privateThread: Stop = {
  number: 8,
  tried: 'a meeting in a private thread, read by who sees the parent channel only',
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
  return { told: 'no list, search, export or catch-up of either', flaws };
}

export const lockedVoice: Stop = {
  number: 9,
  tried: 'a hidden text channel read by who sees the locked voice channel; one without Read Message History searched',
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
    const told = names.filter((what) => answer.includes(what));
    if (told.length > 0) flaws.push(`/${name} tells an outsider: ${firstLine(answer)}`);
  }
  // Whom the manager role made a manager may not take the role away, nor give it away.
  const role = their.guild.addRole('deputies');
  await their.command(their.mallory, 'settings set', { 'manager-role': role });
  const deputy = their.guild.addMember({ name: 'deputy' });
  deputy.setRoles([role]);
  await their.answerTo(their.command(deputy, 'settings set', { reset: 'manager-role' }));
  const shown = await their.answerTo(their.command(their.mallory, 'settings show'));
  if (!shown.includes(role.id)) flaws.push('the manager role was reset by whom it makes a manager');
  their.leave();
  return { told: 'told that a meeting runs, nothing else; the role stays', flaws };
}

export const statusOutside: Stop = {
  number: 10,
  tried:
    '`status`, `start`, `pause` and `stop` of a hidden meeting by an outsider; the manager role reset by who has it',
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
  if ((await shown()).includes('example.com')) flaws.push('who manages channels only set the webhook');
  await their.command(their.mallory, 'settings webhook', { off: true });
  const none = await shown();
  const taken: string[] = [];
  for (const url of ADDRESSES) {
    await their.answerTo(their.command(their.mallory, 'settings webhook', { url }));
    if ((await shown()) !== none) taken.push(url);
    await their.command(their.mallory, 'settings webhook', { off: true });
  }
  // What is taken must at least not be reached: minutes are sent to each, and the log says why not.
  const unreached = await refusedWhenSent(scene, taken);
  flaws.push(...taken.filter((url) => !unreached.includes(url)).map((url) => `taken and tried: ${url}`));
  their.leave();
  return {
    told: `refused: ${ADDRESSES.length - taken.length} addresses at once, ${unreached.length} when they are used`,
    flaws,
  };
}

/** Which of the addresses are refused when minutes go there; the bot's log says it without the address's path. */
async function refusedWhenSent(scene: Scene, urls: readonly string[]): Promise<string[]> {
  const { bot } = scene.stage;
  const refused: string[] = [];
  for (const url of urls) {
    const their = new TheirServer(scene, 'Address'); // a server may not begin one meeting after the other
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
  tried: 'the webhook by *Manage Channels* alone; with a password, by http, and to twelve special addresses',
  play: playWebhook,
};

function firstLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, 120);
}

/** What somebody sees of what the bot wrote. */
export function seenBy(member: Member, their: TheirServer): string[] {
  const channels = [...their.guild.channels.values(), ...their.guild.threads.values()];
  return channels
    .filter((channel) => member.may('ViewChannel', channel))
    .flatMap((channel) => channel.messages)
    .filter(({ author }) => author.id === their.guild.bot.id)
    .map((message) => `${message.content}\n${JSON.stringify(message.components)}\n${JSON.stringify(message.embeds)}`);
}
