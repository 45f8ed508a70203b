import { quiet } from '../../../../src/core/log.ts';
import { parseAddress } from '../../../../src/storage/address.ts';
import { Membership } from '../../../../src/storage/cluster/membership.ts';
import { keepRenewing } from '../../../../src/storage/cluster/renewals.ts';
import { openJournalDatabase } from '../../../../src/storage/journal/database/database.ts';

/** A member in a process of its own, to be frozen by SIGSTOP. Prints its id, then many times a second how it sees itself. */
const url = process.argv[2] ?? '';
const db = await openJournalDatabase(parseAddress(url, 'transcripts'), quiet, new AbortController().signal);
const membership = await Membership.join(db, { name: 'frozen', version: '1', address: '127.0.0.1' });
const first = membership.term;
keepRenewing(membership, quiet); // until it is killed
process.stdout.write(`${membership.id}\n`);
setInterval(() => {
  const isAlive = membership.isAlive();
  process.stdout.write(`${JSON.stringify({ isAlive, isFirstTerm: !first.aborted })}\n`);
}, 20);
