import { setTimeout as delay } from 'node:timers/promises';
import { quiet } from '../../../../src/core/log.ts';
import { DEFAULT_LIMITS } from '../../../../src/palabra/limits.ts';
import { type Lease, SocketPool } from '../../../../src/palabra/sockets/pool.ts';
import { parseAddress } from '../../../../src/storage/address.ts';
import { Attempts } from '../../../../src/storage/attempts.ts';
import { Credentials } from '../../../../src/storage/cluster/credentials.ts';
import { Membership } from '../../../../src/storage/cluster/membership.ts';
import { keepRenewing } from '../../../../src/storage/cluster/renewals.ts';
import { openJournalDatabase } from '../../../../src/storage/journal/database/database.ts';

/**
 * A process that shares credentials, to be killed. It opens as many sockets as it may, gives back those of credentials that it
 * loses, and prints the ids of the credentials of those that are open, as JSON, whenever that changes.
 */
const [databaseUrl = '', apiUrl = '', streamUrl = '', ids = '', wanted = '1'] = process.argv.slice(2);
const never = new AbortController().signal;
const clientIds = ids.split(',');
const db = await openJournalDatabase(parseAddress(databaseUrl, 'transcripts'), quiet, never);
const membership = await Membership.join(db, { name: 'to be killed', version: '1' });
keepRenewing(membership, quiet); // until it is killed
const shares = new Credentials(db, membership, new Attempts(never, 'credentials'));
const credentials = clientIds.map((clientId) => ({ clientId, clientSecret: `secret of ${clientId}` }));
const pool = new SocketPool({ apiUrl, streamUrl, credentials, shares }, DEFAULT_LIMITS, quiet);
const parameters = { audio: { format: 'pcm_s16le', sampleRateHz: 16_000 } } as const;
const listener = { message: () => {}, closed: () => {} };
const leases = new Set<Lease>();
const lease = async () => void leases.add(await pool.leaseSocket({ parameters, listener, signal: never }));
for (let n = 0; n < Number(wanted); n += 1) void lease();
for (let before = ''; ; await delay(200)) {
  await shares.renewShare().catch(() => {});
  for (const each of leases) {
    if (!each.isUnwanted) continue;
    leases.delete(each);
    void each.release().then(lease);
  }
  const open = JSON.stringify(clientIds.filter((id) => pool.useOf(id).sockets > 0));
  if (open !== before) process.stdout.write(`${open}\n`);
  before = open;
}
