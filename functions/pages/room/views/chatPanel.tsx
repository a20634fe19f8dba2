import type { TargetedSubmitEvent } from 'preact';
import { Icon } from '../../shared/views/icon.tsx';
import { longestChatText } from '../signalling/limits.ts';
import type { ChatLine, Conference } from '../state/state.ts';
import { chatPieces } from './chatText.ts';
import { Panel } from './panel.tsx';
import { useRoomView } from './roomView.ts';

/** Milliseconds after which a writer's next line carries their name and the time again. */
const longestRun = 180_000;

/** What has been written since one came. */
export function ChatPanel({ conference: { chat, you } }: { readonly conference: Conference }) {
  const { words } = useRoomView();
  return (
    <Panel title={words.chat}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too */}
      <div class="log" role="log" tabIndex={0} aria-label={words.messages}>
        {chat.length === 0 && <p class="soft empty">{words.chatEmpty}</p>}
        {chat.map((line, index) => (
          <Line key={line.number} line={line} before={chat[index - 1]} own={line.from === you.id} />
        ))}
      </div>
      <Writing />
    </Panel>
  );
}

interface LineProps {
  readonly line: ChatLine;
  readonly before: ChatLine | undefined;
  readonly own: boolean;
}

function Line({ line, before, own }: LineProps) {
  const { words, times } = useRoomView();
  const continues = before?.from === line.from && Date.parse(line.at) - Date.parse(before.at) < longestRun;
  return (
    <div class={`line${own ? ' own' : ''}${continues ? ' continues' : ''}`} ref={showNewest}>
      {!continues && (
        <p class="by">
          <span class="name" dir="auto">
            {own ? words.you : line.name}
          </span>{' '}
          <time dateTime={line.at}>{times.time(line.at)}</time>
        </p>
      )}
      <p class="text" dir="auto">
        {chatPieces(line.text).map(({ text, href }, index) =>
          href === undefined ? (
            text
          ) : (
            <a key={index} dir="ltr" href={href} target="_blank" rel="noopener noreferrer">
              {text}
            </a>
          ),
        )}
      </p>
      {line.fate && <p class="soft">{line.fate === 'sending' ? words.sending : words.unsent}</p>}
    </div>
  );
}

/** Follows the conversation, unless the reader has gone back in it. */
function showNewest(line: HTMLElement | null): void {
  const log = line?.parentElement;
  if (log && log.scrollHeight - log.scrollTop - log.clientHeight < line.clientHeight + 160) {
    log.scrollTop = log.scrollHeight;
  }
}

function Writing() {
  const { words, actions } = useRoomView();
  const send = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    sendFrom(event.currentTarget, actions.say);
  };
  return (
    <form class="writing" onSubmit={send}>
      <textarea
        id="message"
        rows={1}
        dir="auto"
        maxLength={longestChatText}
        aria-label={words.message}
        placeholder={words.writeMessage}
        enterkeyhint="send"
        onKeyDown={sendOnEnter}
      />
      <button class="icon-button send" type="submit" aria-label={words.send} title={words.send}>
        <Icon name="send" />
      </button>
    </form>
  );
}

function sendOnEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (event.target instanceof HTMLTextAreaElement) event.target.form?.requestSubmit();
}

function sendFrom(form: HTMLFormElement, say: (text: string) => void): void {
  const field = form.querySelector('textarea');
  const text = field?.value.trim() ?? '';
  if (!field || text === '') return;
  say(text);
  field.value = '';
}
