export { DiscordVoiceRooms, type VoiceRoomsOptions } from './rooms.ts';
