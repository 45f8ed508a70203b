import type { GuildId } from '../core/ids.ts';
import type { MemberRights } from '../core/programs/rights.ts';
import type { Readers } from '../discord/permissions/readers.ts';

interface Parts {
  readonly botOf: (guildId: GuildId) => { readonly readers: Readers } | undefined;
  readonly elsewhere?: MemberRights | undefined; // of other processes; missing: there are none
}

/** What members may read, by the bot of this process where it is in their server, else by another process. */
export function memberRightsOf({ botOf, elsewhere }: Parts): MemberRights {
  return {
    async whereMayRead(guildId, userId, places) {
      const readers = botOf(guildId)?.readers;
      if (!readers) return (await elsewhere?.whereMayRead(guildId, userId, places)) ?? 'gone';
      try {
        return (await readers.whereMayReadNow(guildId, userId, places)) ?? 'gone';
      } catch {
        return 'away'; // Discord cannot be asked, which does not mean yes
      }
    },
  };
}
