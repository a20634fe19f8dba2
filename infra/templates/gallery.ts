import Handlebars from 'handlebars';
import { sms } from '../../functions/deliveries/channels/sms/sms.ts';
import { smsSize } from '../../functions/deliveries/channels/sms/smsSize.ts';
import { type Exhibit, type Shown, titleOf } from './showcase.ts';

const { escapeExpression: escaped } = Handlebars.Utils;

/** One page of all mails, each in a frame that can run and load nothing, with its text and its SMS. */
export function galleryHtml(exhibits: readonly Exhibit[]): string {
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Templates</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { margin: 2rem auto; max-width: 1300px; padding: 0 1.5rem }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 380px), 1fr)); gap: 2.5rem 1.5rem }
  h1 { font-size: 1.5rem }
  h2 { margin: 0 0 .25rem; font-size: 1rem }
  p { margin: 0 0 .5rem }
  small, summary { color: light-dark(#545f6e, #a9b4c2) }
  iframe { width: 100%; height: 44rem; border: 1px solid light-dark(#d5dae1, #3a4452); border-radius: 8px }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .5rem 0 0 }
</style>
<h1>Templates, as a recipient sees them</h1>
<main>
${exhibits.map(exhibitHtml).join('\n')}
</main>
</html>
`;
}

function exhibitHtml(exhibit: Exhibit): string {
  const title = escaped(titleOf(exhibit));
  return `<section>
<h2>${title}</h2>
${exhibit.messages.map((shown) => (shown.message.html === undefined ? textMessageHtml(shown) : mailHtml(shown, title))).join('\n')}
</section>`;
}

function mailHtml({ title: channel, message }: Shown, title: string): string {
  const { sender = '', subject = '', html = '', text } = message;
  return `<p>${escaped(subject)}<br><small>${escaped(sender)}</small></p>
<iframe sandbox="" title="${escaped(channel)}, ${title}" loading="lazy" srcdoc="${escaped(html)}"></iframe>
<details><summary>As plain text</summary><pre>${escaped(text)}</pre></details>`;
}

function textMessageHtml({ channel, title, message: { sender, text } }: Shown): string {
  const size = channel === sms.name ? `, ${escaped(sizeOf(text))}` : '';
  return `<p><small>${escaped(title)}${sender ? ` from ${escaped(sender)}` : ''}${size}</small></p><pre>${escaped(text)}</pre>`;
}

/** `144 GSM-7 characters, 1 part` */
export function sizeOf(text: string): string {
  const { alphabet, units, parts } = smsSize(text);
  return `${units} ${alphabet} characters, ${parts} part${parts === 1 ? '' : 's'}`;
}
