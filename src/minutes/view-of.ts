import type { GuildSettings } from '../core/ports.ts';
import type { View } from './minutes-model.ts';

/** How a server wants its minutes to be shown. */
export function viewOf({ timeZone, glossary }: GuildSettings): Omit<View, 'language'> {
  return { ...(timeZone !== undefined && { timeZone }), ...(glossary && { glossary }) };
}
