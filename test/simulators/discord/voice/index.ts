export { type Certificate, makeCertificate } from './certificate.ts';
export type { Grant, VoiceClient } from './client.ts';
export type { DaveTiming } from './dave/group.ts';
export { type Network, PERFECT, seededRandom, type Traffic } from './network.ts';
export { Close, Op } from './protocol.ts';
export type { Room } from './room.ts';
export type { Said, SimulatedVoice, VoiceHabits } from './simulated-voice.ts';
export { startVoiceServer, type VoiceServer, type VoiceServerOptions } from './voice-server.ts';
