import type { ServerMessage } from '../../../rooms/signalling/protocol.ts';
import type { ChatLine, Conference } from './state.ts';

/** A longer conversation loses its beginning, so that a page that stays open for days stays quick. */
const mostLines = 500;

/** A line that somebody wrote has come: once, however often it does. */
export function withChat(conference: Conference, message: Extract<ServerMessage, { type: 'chat' }>): Conference {
  const { you, people, chat, unread, panel } = conference;
  const { id, from, text, at } = message;
  const isSame = (line: ChatLine) => line.from === from || (line.fate !== undefined && from === you.id);
  // Whoever lost their seat meanwhile writes from another one.
  const known = id === undefined ? undefined : chat.find((line) => line.id === id && isSame(line));
  if (known && known.fate === undefined) return conference;
  const writer = from === you.id ? you : people.find((person) => person.id === from);
  const line = { number: known?.number ?? nextNumber(chat), from, name: writer?.name ?? '', text, at, id };
  const seen = panel === 'chat' || from === you.id;
  const others = chat.filter((other) => other !== known);
  return { ...conference, chat: inOrder([...others, line]), unread: seen ? unread : unread + 1 };
}

/** A line that was written here is shown at once. @param now epoch milliseconds */
export function withOwnLine(
  conference: Conference,
  { id, text }: { readonly id: string; readonly text: string },
  now: number,
): Conference {
  const { you, chat } = conference;
  const at = new Date(now).toISOString();
  const line: ChatLine = { number: nextNumber(chat), from: you.id, name: you.name, text, at, id, fate: 'sending' };
  return { ...conference, chat: inOrder([...chat, line]) };
}

/** A line that was written here has been refused for good. */
export function withUnsentLine(conference: Conference, id: string): Conference {
  const chat = conference.chat.map((line) =>
    line.id === id && line.fate ? { ...line, fate: 'unsent' as const } : line,
  );
  return { ...conference, chat };
}

/** By the service's clock; what is on its way comes last. */
function inOrder(lines: readonly ChatLine[]): ChatLine[] {
  const told = lines.filter(({ fate }) => fate === undefined);
  const untold = lines.filter(({ fate }) => fate !== undefined);
  told.sort((one, other) => Date.parse(one.at) - Date.parse(other.at) || one.number - other.number);
  return [...told, ...untold].slice(-mostLines);
}

function nextNumber(chat: readonly ChatLine[]): number {
  return Math.max(0, ...chat.map(({ number }) => number)) + 1;
}
