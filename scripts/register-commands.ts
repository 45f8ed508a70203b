import { REST, type RESTGetCurrentApplicationResult, Routes } from 'discord.js';
import { definitions } from '../commands/index.ts';
import { loadDotEnv } from '../src/config.ts';
import { registerCommands } from '../src/discord/gateway/register-commands.ts';
import { hideSecrets } from '../src/log.ts';
import { openSecretFiles } from '../src/secret-files.ts';

/** Registers the slash commands. `npm start` does so at every start, so this serves only to see whether it works. */
async function main(): Promise<number> {
  loadDotEnv();
  const problems: string[] = [];
  const { given } = openSecretFiles(process.env, ['DISCORD_TOKEN'], problems);
  const token = given.DISCORD_TOKEN?.trim().replace(/^Bot\s+/i, '');
  if (!token) {
    const missing = 'DISCORD_TOKEN is missing: copy it from https://discord.com/developers/applications → Bot.';
    console.error(problems[0] ?? missing);
    return 1;
  }
  const api = (process.env.DISCORD_API_URL?.trim() || 'https://discord.com/api').replace(/\/+$/, '');
  const rest = new REST({ api }).setToken(token);
  const signal = AbortSignal.timeout(60_000);
  try {
    // Discord's own answer to this route.
    const me = (await rest.get(Routes.currentApplication(), { signal })) as RESTGetCurrentApplicationResult;
    const outcome = await registerCommands(rest, me.id, definitions, signal);
    console.log(
      outcome === 'unchanged' ? 'Nothing changed: every command is registered.' : 'The commands are registered.',
    );
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? hideSecrets(error.message) : 'unknown';
    console.error(`Cannot register the commands: ${reason}. Check DISCORD_TOKEN, DISCORD_API_URL and the network.`);
    return 1;
  }
}

process.exitCode = await main();
