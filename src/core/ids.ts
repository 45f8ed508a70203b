/** Discord's snowflakes, named by what they identify; all are decimal strings. */
export type GuildId = string;
export type ChannelId = string;
export type MessageId = string;
export type EventId = string;
/** A Discord user id: the person whose voice it is. */
export type SpeakerId = string;
/** Made by the bot when a meeting starts; sorts by time. */
export type MeetingId = string;
