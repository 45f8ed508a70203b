/**
 * A Discord voice server for tests, demos and benchmarks: real clients join its rooms and hear its simulated humans.
 *
 * `startVoiceServer` gives a `VoiceServer`; `allow` lets a client in as the main gateway would, `room` gives a voice
 * channel, `room.addHuman` a person with a voice. Faults are methods of what they befall: `VoiceServer` (its `faults`,
 * `killUdp`), `VoiceClient` (`close`, `drop`, `raw`, `hang`, `hold`, `corruptNext`), `Room` (`forge`, `setDaveVersion`, its
 * `network` and `dave`), `SimulatedVoice` (its `habits` and `network`).
 */
export { makeCertificate } from './certificate.ts';
export type { VoiceClient } from './client.ts';
export { PERFECT, seededRandom } from './network.ts';
export { MODES, Op } from './protocol.ts';
export type { Room } from './room.ts';
export type { Said, SimulatedVoice, VoiceHabits } from './simulated-voice.ts';
export { Transport } from './transport.ts';
export { startVoiceServer, type VoiceServer, type VoiceServerOptions } from './voice-server.ts';
