export { decodersOf } from './decoding/choose-decoding.ts';
export { loadNative, type NativeVoice } from './native/native.ts';
export { RoomCounts } from './room-counts.ts';
export { DiscordVoiceRooms, type VoiceRoomsOptions } from './rooms.ts';
