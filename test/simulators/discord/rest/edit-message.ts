import { MESSAGE_FLAG, type Message } from '../world/message.ts';
import { refusals } from './api-error.ts';
import { type GivenMessage, keptAttachments } from './message-body.ts';

/** Makes a message what an edit says; what the edit does not name stays. "Thinking…" ends with it. Throws 50006. */
export function editMessage(message: Message, { input, files, allowedMentions }: GivenMessage): void {
  const kept = keptAttachments(input, message.attachments);
  const after = {
    content: input.content === undefined ? message.content : (input.content ?? ''),
    embeds: input.embeds === undefined ? message.embeds : (input.embeds ?? []),
    components: input.components === undefined ? message.components : (input.components ?? []),
  };
  const parts = after.embeds.length + after.components.length + kept.length + files.length;
  if (after.content === '' && parts === 0) throw refusals.emptyMessage();
  const suppressed = (input.flags ?? message.flags) & MESSAGE_FLAG.suppressEmbeds;
  const others = message.flags & ~MESSAGE_FLAG.suppressEmbeds & ~MESSAGE_FLAG.loading;
  const attachments = [...kept, ...files.map((file) => message.attach(file))];
  message.edit({ ...after, attachments, flags: others | suppressed }, allowedMentions);
}
