import type { Journal, MeetingLease } from '../../../../src/core/ports/journal.ts';
import type { Process } from './cluster.ts';

/** The same journal, whose meetings one process writes under leases. Several may run in a guild, as tests like it. */
export function leasedJournal(journal: Journal, { leases, membership }: Process): Journal {
  const own = new Map<string, MeetingLease>();
  return {
    archive: journal.archive,
    usage: journal.usage,
    sessions: journal.sessions,
    apiKeys: journal.apiKeys,
    held: journal.held,
    async begin(head) {
      await membership.renew(); // tests take longer than four seconds
      const lease = own.has(head.id) ? undefined : await leases.begin(head);
      if (lease === undefined) return await journal.begin(head).then(() => this.of(head.id)); // only its title changes
      if (lease === 'already running') throw new Error(`The guild ${head.guildId} has a meeting that runs`);
      await leases.vacate(lease);
      own.set(head.id, lease);
      return this.of(head.id);
    },
    of: (id) => journal.of(id, own.get(id)),
    [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
  };
}
