import { WebSocket } from 'ws';
import type { RoomFacts, ServerMessage } from '../../../functions/rooms/signalling/protocol.ts';
import type { Stage } from './stage.ts';

type Of<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

/** A browser in a room. */
export interface Guest {
  say(message: object): void;
  /** Waits for a message of a type, and gives the last one. */
  hears<Type extends ServerMessage['type']>(type: Type): Promise<Of<Type>>;
  leave(): void;
}

/** Opens a link, its socket, and asks for a seat. */
export async function enter(stage: Stage, url: string, fields: object = {}): Promise<Guest> {
  const reply = await fetch(url, { headers: { accept: 'application/json' } });
  if (reply.status !== 200) throw new Error(`The room was answered with ${reply.status}`);
  const { socketUrl, room } = (await reply.json()) as RoomFacts;
  const key = url.split('.').at(-1) ?? '';
  const socket = new WebSocket(`${socketUrl}?room=${room}&key=${key}`, { origin: stage.service.url });
  const received: ServerMessage[] = [];
  socket.on('message', (data) => received.push(JSON.parse(String(data))));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const say = (message: object) => socket.send(JSON.stringify(message));
  say({ action: 'join', name: 'Guest', camera: true, microphone: true, ...fields });
  return {
    say,
    hears: (type) => {
      const isOf = <Type extends ServerMessage['type']>(message: ServerMessage, wanted: Type): message is Of<Type> =>
        message.type === wanted;
      return stage.until(`a message ${type}`, () => received.filter((message) => isOf(message, type)).at(-1));
    },
    leave: () => socket.close(1000),
  };
}
