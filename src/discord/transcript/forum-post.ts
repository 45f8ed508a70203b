import { type Client, type ForumChannel, MessageFlags, Routes, ThreadAutoArchiveDuration } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import { NOBODY } from '../messages/message-api.ts';

const MOST_TAGS = 5; // Discord's limit for a post

export interface NewPost {
  readonly name: string; // at most 100 characters
  readonly content: string; // of its first message
  /** The post gets the tags that are called one of these. */
  readonly tagNames: readonly string[];
}

type Tag = Pick<ForumChannel['availableTags'][number], 'id' | 'name' | 'moderated'>;

/**
 * The tags of a new post: those that are called like it; where the forum wants one and none is, the first. Tags for moderators are
 * left to them.
 *
 * @returns ids; `undefined`: the forum wants a tag, and there is none that the bot may use
 */
export function tagsFor(
  tags: readonly Tag[],
  isRequired: boolean,
  names: readonly string[],
): readonly string[] | undefined {
  const wanted = new Set(names.map(comparable).filter((name) => name !== ''));
  const usable = tags.filter(({ moderated }) => !moderated);
  const fitting = usable.filter(({ name }) => wanted.has(comparable(name)));
  const chosen = fitting.length > 0 || !isRequired ? fitting : usable.slice(0, 1);
  return isRequired && chosen.length === 0 ? undefined : chosen.slice(0, MOST_TAGS).map(({ id }) => id);
}

function comparable(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/** Whether posts of this forum need a tag. */
function needsTag({ flags }: ForumChannel): boolean {
  return flags.has('RequireTag');
}

/**
 * Opens a post, which the client knows from then on.
 *
 * @throws as discord.js does
 */
export async function openPost(forum: ForumChannel, { name, content, tagNames }: NewPost): Promise<ChannelId> {
  const post = await forum.threads.create({
    name,
    autoArchiveDuration: forum.defaultAutoArchiveDuration ?? ThreadAutoArchiveDuration.OneDay,
    appliedTags: [...(tagsFor(forum.availableTags, needsTag(forum), tagNames) ?? [])],
    message: { content, flags: MessageFlags.SuppressEmbeds, allowedMentions: NOBODY },
  });
  return post.id;
}

/** Closes a post that is not needed after all. Never rejects. */
export async function closePost(client: Client, postId: ChannelId): Promise<void> {
  await client.rest.patch(Routes.channel(postId), { body: { archived: true } }).catch(() => {});
}
