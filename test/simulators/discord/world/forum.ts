import type { Json } from './events.ts';

/** The flag of a forum in which posts need a tag. */
export const REQUIRE_TAG = 1 << 4;

/** A label for posts. */
interface ForumTag {
  readonly id: string;
  readonly name: string;
  readonly isModerated: boolean; // only people who manage threads may use it
}

export interface ForumMaking {
  readonly tags: readonly ForumTag[];
  readonly requiresTag: boolean;
}

export function forumJson({ tags }: ForumMaking): Json {
  return {
    available_tags: tags.map(({ id, name, isModerated }) => ({
      ...{ id, name, moderated: isModerated, emoji_id: null, emoji_name: null },
    })),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
    default_thread_rate_limit_per_user: 0,
  };
}
