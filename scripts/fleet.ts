import pg from 'pg';
import { loadDotEnv } from '../src/config.ts';
import { parseAddress } from '../src/storage/address.ts';
import { codeOf, reasonOf, StorageError } from '../src/storage/storage-error.ts';
import { databaseUrlOf } from './fleet/database-url.ts';
import { drain, readFleet } from './fleet/fleet.ts';
import { reshard } from './fleet/reshard.ts';
import { tableOf } from './fleet/table.ts';

const NO_SUCH_TABLE = '42P01';
const LIMIT_MS = 5_000;

const USAGE = `Shows the processes of a bot with CLUSTER=on, has one hand over what it has, or changes the number of shards.

  npm run fleet -- status        every process, the shards it serves, and its meetings
  npm run fleet -- drain NAME    that process hands its meetings over and takes no new ones
  npm run fleet -- reshard 4     all processes move over to 4 shards, while meetings go on

NAME is its NODE_NAME, which is the host's name unless set. All need DATABASE_URL, or DATABASE_URL_FILE.`;

async function main(words: readonly string[]): Promise<number> {
  const [verb, name, ...rest] = words;
  const isStatus = verb === 'status' && name === undefined;
  const isDrain = verb === 'drain' && name !== undefined && rest.length === 0;
  const shards = verb === 'reshard' && /^[1-9]\d{0,3}$/.test(name ?? '') ? Number(name) : undefined;
  if (rest.length > 0 || (!isStatus && !isDrain && shards === undefined)) {
    console.error(USAGE);
    return 2;
  }
  loadDotEnv();
  const found = databaseUrlOf(process.env);
  if ('problem' in found) return fail(found.problem);
  try {
    const address = parseAddress(found.url, 'transcripts');
    if (address.kind !== 'postgres')
      return fail('A bot of several processes keeps its transcripts in PostgreSQL: set DATABASE_URL to its address.');
    return await connected(address.url, (client) => {
      if (shards !== undefined) return changeShards(client, shards);
      return isDrain ? drainOne(client, name) : showStatus(client);
    });
  } catch (error) {
    if (error instanceof StorageError) return fail(error.message);
    if (codeOf(error) === NO_SUCH_TABLE)
      return fail('This database has no tables of a cluster yet: start the bot once, or run `npm run migrate`.');
    return fail(`Cannot ask the database: ${reasonOf(error)}.`);
  }
}

async function connected(url: string, action: (client: pg.Client) => Promise<number>): Promise<number> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: LIMIT_MS,
    query_timeout: LIMIT_MS,
    application_name: 'parley fleet',
  });
  try {
    await client.connect();
    return await action(client);
  } finally {
    await client.end().catch(() => {}); // the first error is the one that people need
  }
}

async function changeShards(client: pg.Client, count: number): Promise<number> {
  const serving = await reshard(client, count);
  if (serving === undefined) return fail('There are no shards yet: start the bot once.');
  console.log(
    serving === count
      ? `${count} shards serve, and stay.`
      : `All processes move over from ${serving} shards to ${count}. \`npm run fleet -- status\` says when they have.`,
  );
  return 0;
}

async function showStatus(client: pg.Client): Promise<number> {
  console.log(tableOf(await readFleet(client)));
  return 0;
}

async function drainOne(client: pg.Client, name: string): Promise<number> {
  const count = await drain(client, name);
  if (count === 0) return fail(`No process that lives is called ${name}. \`npm run fleet -- status\` lists all.`);
  const who = count === 1 ? `${name} hands` : `${count} processes that are called ${name} hand`;
  console.log(`${who} over all meetings to other processes, and may then be stopped.`);
  return 0;
}

function fail(why: string): number {
  console.error(why);
  return 1;
}

process.exitCode = await main(process.argv.slice(2));
