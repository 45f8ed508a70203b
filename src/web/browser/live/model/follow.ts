/** Whether the page stays at the newest line, and what came while it did not. */
export interface Following {
  readonly isFollowing: boolean;
  readonly unread: ReadonlySet<string>; // utterances
}

export type FollowEvent =
  | { readonly kind: 'scrolled'; readonly isUp: boolean; readonly isAtEnd: boolean }
  | { readonly kind: 'came' | 'gone'; readonly id: string }
  | { readonly kind: 'to a line' | 'to the end' };

export const FOLLOWING: Following = { isFollowing: true, unread: new Set() };

/** The state after `event`. Only somebody who scrolls up or goes to a line stops following: what is growing may not. */
export function follow(now: Following, event: FollowEvent): Following {
  switch (event.kind) {
    case 'scrolled':
      if (event.isAtEnd) return now.isFollowing ? now : FOLLOWING;
      return event.isUp && now.isFollowing ? { ...now, isFollowing: false } : now;
    case 'came':
      return now.isFollowing ? now : { ...now, unread: new Set([...now.unread, event.id]) };
    case 'gone':
      return now.unread.has(event.id) ? { ...now, unread: now.unread.difference(new Set([event.id])) } : now;
    case 'to a line':
      return now.isFollowing ? { ...now, isFollowing: false } : now;
    case 'to the end':
      return FOLLOWING;
  }
}
