import type { VoiceClient } from './client.ts';
import type { Room } from './room.ts';

/** What a test may await with `once` of node:events. */
export interface VoiceEvents {
  identified: [client: VoiceClient];
  ready: [client: VoiceClient]; // the session is described: it hears from now on
  resumed: [client: VoiceClient];
  dropped: [client: VoiceClient, code: number]; // its socket is gone, the session may be resumed
  left: [client: VoiceClient]; // the session is over
  refused: [code: number]; // an identify or resume that was not let in
  discovery: [answered: boolean]; // an IP discovery datagram came in
  commit: [room: Room, epoch: bigint, transitionId: number]; // announced
  executed: [room: Room, transitionId: number];
  invalid: [userId: string, transitionId: number]; // somebody could not read a commit or a welcome
}
