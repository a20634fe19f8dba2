import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { SignalData } from '../../functions/rooms/signalling/protocol.ts';

interface Passage {
  readonly socket: Socket;
  open: boolean;
}

/**
 * A network between browsers that can be cut. What they tell each other of their addresses is replaced by
 * addresses of its own, through which everything passes that they send to each other.
 */
export class FragileNetwork {
  readonly #passages: Passage[] = [];

  /** Hands signals on with other addresses in them; a room calls it. */
  async route(data: SignalData): Promise<SignalData> {
    if ('candidates' in data) {
      const candidates = await Promise.all(
        data.candidates.map(async (candidate) => ({
          ...candidate,
          candidate: await this.#replace(candidate.candidate),
        })),
      );
      return { ...data, candidates: candidates.filter(({ candidate }) => candidate !== '') };
    }
    if (!('description' in data)) return data;
    const sdp = data.description.sdp.replace(/^a=candidate:.*\r\n/gm, '');
    return { ...data, description: { ...data.description, sdp } };
  }

  /** Ends every passage that there is: until it is mended, only other addresses lead to the other again. */
  cut(): void {
    for (const passage of this.#passages) passage.open = false;
  }

  /** Lets everything pass again where it passed before. */
  mend(): void {
    for (const passage of this.#passages) passage.open = true;
  }

  close(): void {
    for (const { socket } of this.#passages) socket.close();
  }

  /** RFC 8839, section 5.1: `candidate:foundation component transport priority address port typ type …` */
  async #replace(line: string): Promise<string> {
    const fields = line.split(' ');
    const [, , transport = '', , address = '', port = ''] = fields;
    if (transport.toLowerCase() !== 'udp' || address.includes(':')) return '';
    const passage = await this.#openPassage(address, Number(port));
    return fields.with(5, String(passage)).join(' ');
  }

  /** Everything that comes from this address goes to whoever sent to it last. */
  async #openPassage(address: string, port: number): Promise<number> {
    const socket = createSocket('udp4');
    const passage: Passage = { socket, open: true };
    this.#passages.push(passage);
    let other: RemoteInfo | undefined;
    socket.on('message', (packet, sender) => {
      const fromOwner = sender.port === port && sender.address === address;
      if (!fromOwner) other = sender;
      const to = fromOwner ? other : { address, port };
      if (passage.open && to) socket.send(packet, to.port, to.address);
    });
    socket.bind(0, address);
    await once(socket, 'listening');
    return socket.address().port;
  }
}
