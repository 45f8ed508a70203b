export { decodersOf } from './decoder.ts';
export { loadNative } from './native.ts';
export { DiscordVoiceRooms, type VoiceRoomsOptions } from './rooms.ts';
