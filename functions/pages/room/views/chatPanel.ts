import { type Content, h } from '../../shared/markup.ts';
import { chatPieces } from '../chatText.ts';
import { longestChatText } from '../limits.ts';
import type { ChatLine, Conference } from '../state.ts';
import { iconButton } from './button.ts';
import { icon } from './icon.ts';
import { closeOnEscape } from './panelKeys.ts';
import type { Scene } from './scene.ts';

/** Milliseconds after which a writer's next line carries their name and the time again. */
const longestRun = 180_000;

/** What has been written since one came. */
export function chatPanel({ chat, you, online }: Conference, scene: Scene): Content {
  const { words, actions } = scene;
  return h(
    'aside',
    { class: 'panel', key: 'chat', id: 'panel', 'aria-label': words.chat, on: { keydown: closeOnEscape(actions) } },
    h(
      'header',
      {},
      h('h2', {}, words.chat),
      iconButton('close', words.close, () => actions.openPanel('none')),
    ),
    h(
      'div',
      { class: 'log', role: 'log', tabindex: 0, 'aria-label': words.messages },
      chat.length === 0 && h('p', { class: 'soft empty', key: 'empty' }, words.chatEmpty),
      chat.map((line, index) => chatLine(line, chat[index - 1], line.from === you.id, scene)),
    ),
    writing(online, scene),
  );
}

function chatLine(line: ChatLine, before: ChatLine | undefined, own: boolean, { words, times }: Scene): Content {
  const continues = before?.from === line.from && Date.parse(line.at) - Date.parse(before.at) < longestRun;
  return h(
    'div',
    {
      class: `line${own ? ' own' : ''}${continues ? ' continues' : ''}`,
      key: String(line.number),
      created: showNewest,
    },
    !continues &&
      h(
        'p',
        { class: 'by', key: 'by' },
        h('span', { class: 'name', dir: 'auto' }, own ? words.you : line.name),
        ' ',
        h('time', { datetime: line.at }, times.time(line.at)),
      ),
    h(
      'p',
      { class: 'text', dir: 'auto' },
      chatPieces(line.text).map(({ text, href }) =>
        href === undefined ? text : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text),
      ),
    ),
  );
}

/** Follows the conversation, unless the reader has gone back in it. */
function showNewest(element: Element): void {
  const log = element.parentElement;
  if (log && log.scrollHeight - log.scrollTop - log.clientHeight < element.clientHeight + 160) {
    log.scrollTop = log.scrollHeight;
  }
}

function writing(online: boolean, { words, actions }: Scene): Content {
  return h(
    'form',
    {
      class: 'writing',
      on: {
        submit: (event) => {
          event.preventDefault();
          if (event.target instanceof HTMLFormElement) sendFrom(event.target, actions.say);
        },
      },
    },
    h('textarea', {
      id: 'message',
      rows: 1,
      dir: 'auto',
      maxlength: longestChatText,
      'aria-label': words.message,
      placeholder: words.writeMessage,
      enterkeyhint: 'send',
      on: { keydown: sendOnEnter },
    }),
    h(
      'button',
      { class: 'icon-button send', type: 'submit', 'aria-label': words.send, title: words.send, disabled: !online },
      icon('send'),
    ),
  );
}

function sendOnEnter(event: Event): void {
  if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (event.target instanceof HTMLTextAreaElement) event.target.form?.requestSubmit();
}

function sendFrom(form: HTMLFormElement, say: (text: string) => void): void {
  const field = form.querySelector('textarea');
  const send = form.querySelector('button');
  const text = field?.value.trim() ?? '';
  if (!field || send?.disabled || text === '') return;
  say(text);
  field.value = '';
}
