import { INVISIBLE } from './escape.ts';

/**
 * Plain text for the webhook of a chat program: it mentions nobody, and no link hides its address behind other words.
 *
 * Slack and programs like it read `<!channel>` as a mention of everybody and `<https://…|Payroll>` as a link, so `&`,
 * `<` and `>` are escaped as Slack's documentation says. Mattermost and Rocket.Chat also read a bare `@` as a mention,
 * and Markdown links.
 */
export function escapeChat(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', `@${INVISIBLE}`)
    .replaceAll(/\](?=[([:])/g, `]${INVISIBLE}`);
}
