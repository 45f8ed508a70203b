export { Decoder } from './decoder.ts';
export { DiscordVoiceRooms, type VoiceRoomsOptions } from './rooms.ts';
