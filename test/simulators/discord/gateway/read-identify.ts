import { INTENT } from '../world/events.ts';
import { Closing } from './connection.ts';
import { identify } from './packets.ts';
import { type Shard, WHOLE } from './shard.ts';

const PRIVILEGED = INTENT.guildMembers | INTENT.guildPresences | INTENT.messageContent;
const KNOWN_INTENTS = (1 << 26) - 1;

/** Op 2, judged. Throws `Closing` with Discord's code when the client is not let in. */
export function readIdentify(
  d: unknown,
  allows: { readonly token: string; readonly intents: number },
): { readonly intents: number; readonly shard: Shard } {
  const read = identify.safeParse(d);
  if (!read.success) throw new Closing(4002, 'Decode error');
  const { token, intents, shard: [id, count] = [WHOLE.id, WHOLE.count] } = read.data;
  if (token !== allows.token) throw new Closing(4004, 'Authentication failed');
  if ((intents & ~KNOWN_INTENTS) !== 0) throw new Closing(4013, 'Invalid intent(s)');
  if ((intents & PRIVILEGED & ~allows.intents) !== 0) throw new Closing(4014, 'Disallowed intent(s).');
  if (id < 0 || id >= count) throw new Closing(4010, 'Invalid shard');
  return { intents, shard: { id, count } };
}
