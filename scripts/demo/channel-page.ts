/** The parts of a message that the page shows. */
interface PageMessage {
  readonly authorName: string;
  readonly isSpeaker: boolean; // posted under a person's name, through a webhook
  readonly content: string;
  readonly atMs: number; // since 1970
  readonly attachments: readonly { readonly name: string; readonly dataUrl?: string }[];
}

/** A text channel as a web page, similar to Discord, to show what the demo posted. */
export function channelPage(channelName: string, messages: readonly PageMessage[]): string {
  return `<!doctype html><meta charset="utf-8"><title>#${escapeHtml(channelName)}</title><style>${STYLE}</style>
<header>#&nbsp;${escapeHtml(channelName)}</header><main>${messages.map(messageHtml).join('\n')}</main>\n`;
}

function messageHtml(message: PageMessage, index: number, all: readonly PageMessage[]): string {
  const isFirstOfRun = all[index - 1]?.authorName !== message.authorName;
  const head = `<div class="head"><b>${escapeHtml(message.authorName)}</b><i>APP</i><time>${clock(message.atMs)}</time></div>`;
  const avatar = `<div class="avatar" style="background: ${message.isSpeaker ? colourOf(message.authorName) : '#5865f2'}">${escapeHtml(message.authorName.replace(/^\[.*\] /, '').slice(0, 1))}</div>`;
  return `<article class="${isFirstOfRun ? 'first' : ''}">${isFirstOfRun ? avatar + head : ''}<div class="text">${message.content
    .split('\n')
    .map(lineHtml)
    .join('\n')}${message.attachments.map(attachmentHtml).join('')}</div></article>`;
}

function attachmentHtml({ name, dataUrl }: PageMessage['attachments'][number]): string {
  return dataUrl
    ? `<img src="${dataUrl}" alt="${escapeHtml(name)}">`
    : `<div class="file">📄 ${escapeHtml(name)}</div>`;
}

function lineHtml(line: string): string {
  const html = escapeHtml(line)
    .replaceAll(
      /&lt;t:(\d+):([a-zA-Z])&gt;/g,
      (_, seconds: string, style: string) => `<span class="chip">${when(Number(seconds) * 1000, style)}</span>`,
    )
    .replaceAll(/\[([^\]]+)\]\((https:[^)\s]+)\)/g, '<a href="$2">$1</a>')
    .replaceAll(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, '<b>$1</b>')
    .replaceAll(/`(.+?)`/g, '<code>$1</code>')
    .replaceAll(/\\([^\w\s])/g, '$1');
  if (html.startsWith('&gt; ')) return `<blockquote>${html.slice(5)}</blockquote>`;
  if (html.startsWith('-# ')) return `<small>${html.slice(3)}</small>`;
  const heading = /^(#{1,3}) (.*)$/.exec(html);
  if (heading) return `<h3>${heading[2]}</h3>`;
  return html.startsWith('- ') ? `<div class="item">${html.slice(2)}</div>` : `<div>${html || '&nbsp;'}</div>`;
}

const COLOURS = ['#e67e22', '#2e9e6b', '#b5467f', '#3a8fb7', '#8e5bd0'];

/** A colour for each person, always the same. */
function colourOf(name: string): string {
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return COLOURS[sum % COLOURS.length] ?? '#5865f2';
}

function clock(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

function when(atMs: number, style: string): string {
  const time = new Date(atMs);
  return style.toLowerCase() === 't'
    ? time.toLocaleTimeString('en-GB')
    : time.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const STYLE = `
body { margin: 0; background: #313338; color: #dbdee1; font: 15px/1.4 "gg sans", "Noto Sans", "DejaVu Sans", sans-serif; }
header { padding: 12px 20px; border-bottom: 1px solid #232428; font-weight: 600; color: #f2f3f5; }
main { padding: 8px 20px 24px 72px; max-width: 700px; }
article { position: relative; padding: 1px 0; } article.first { margin-top: 14px; }
.avatar { position: absolute; left: -52px; width: 38px; height: 38px; border-radius: 50%; background: #5865f2; color: #fff;
  display: grid; place-items: center; font-weight: 700; }
.head b { color: #f2f3f5; } .head i { background: #5865f2; color: #fff; font: 600 10px/1 sans-serif; padding: 2px 4px; border-radius: 3px; margin: 0 6px; }
.head time { color: #949ba4; font-size: 12px; }
a { color: #00a8fc; text-decoration: none; }
.buttons { display: flex; gap: 8px; margin: 6px 0; } .buttons span { background: #4e5058; color: #fff; border-radius: 8px; padding: 5px 14px; font-size: 13px; }
.chip, code { background: #232428; border-radius: 3px; padding: 0 3px; font-size: 13px; }
blockquote { margin: 2px 0; padding-left: 10px; border-left: 4px solid #4e5058; }
small { color: #949ba4; } h3 { margin: 6px 0; color: #f2f3f5; font-size: 17px; }
.item::before { content: "•"; margin-right: 8px; }
.file { margin: 6px 0; padding: 10px; width: fit-content; background: #2b2d31; border: 1px solid #232428; border-radius: 6px; color: #00a8fc; }
img { display: block; margin: 6px 0; max-width: 620px; border-radius: 6px; }`;
