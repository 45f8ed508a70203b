import { INVISIBLE } from './escape.ts';

/**
 * Plain text for a chat program that takes it by webhook: nobody is paged, and no words lead to another place than they say.
 *
 * Slack, and what imitates it, reads `<!channel>` as a call to everybody and `<https://…|Payroll>` as a link; the three signs
 * stand as Slack asks for them. Mattermost and Rocket.Chat also call people by a bare `@`, and read links of Markdown.
 */
export function escapeChat(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', `@${INVISIBLE}`)
    .replaceAll(/\](?=[([:])/g, `]${INVISIBLE}`);
}
