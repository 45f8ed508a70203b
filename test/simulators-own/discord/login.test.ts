import { ChannelType, Client, Events, GatewayIntentBits, SlashCommandBuilder } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { type DiscordSimulator, startDiscord } from '../../simulators/discord/index.ts';

let sim: DiscordSimulator;
let client: Client;

async function login(intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates]): Promise<Client<true>> {
  client = new Client({ intents, rest: { api: sim.apiUrl } });
  const ready = Promise.withResolvers<Client<true>>();
  client.once(Events.ClientReady, ready.resolve);
  await client.login(sim.token);
  return await ready.promise;
}

afterEach(async () => {
  await client?.destroy();
  await sim?.close();
});

describe('a bot that logs in', () => {
  it('gets ready, finds its guild, registers a command, hears it used, answers and posts', async () => {
    sim = await startDiscord();
    const guild = sim.addGuild({ name: 'Café' });
    const text = guild.addTextChannel('general');
    const voice = guild.addVoiceChannel('Talk');
    const ana = guild.addMember({ name: 'ana', nick: 'Ana' });
    const bot = await login();
    expect(bot.guilds.cache.get(guild.id)?.name).toBe('Café');
    await bot.application.commands.set([
      new SlashCommandBuilder()
        .setName('greet')
        .setDescription('Greets')
        .addSubcommand((sub) =>
          sub
            .setName('start')
            .setDescription('Starts')
            .addChannelOption((option) =>
              option.setName('where').setDescription('Where').addChannelTypes(ChannelType.GuildVoice),
            ),
        ),
    ]);
    bot.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      const where = interaction.options.getChannel('where', true);
      await interaction.editReply(`Hello in ${where.name}`);
      const channel = await bot.channels.fetch(text.id);
      if (channel?.isSendable())
        await channel.send({ content: 'posted', files: [{ attachment: Buffer.from('# Hi'), name: 'a.md' }] });
    });
    const reply = await ana.command('greet start', { where: voice }, { channel: text });
    expect(reply).toMatchObject({ content: 'Hello in Talk', deferred: true, ephemeral: false });
    const posted = await text.waitFor((message) => message.content === 'posted');
    expect(Buffer.from(posted.attachments[0]?.bytes ?? []).toString()).toBe('# Hi');
    expect(sim.violations).toEqual([]);
  });
});
