/** Who is at the other end of a WebSocket. */
export interface SocketPeer {
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** A WebSocket connection that the gateway has accepted. */
export interface SocketConnection {
  readonly id: string;
  readonly identity: SocketPeer;
  /** Epoch milliseconds, as is `lastActiveAt`. */
  readonly connectedAt: number;
  lastActiveAt(): number;
  send(text: string): Promise<void>;
  close(): void;
}

/** The connections that are open now. One whose `$connect` has not ended is not among them: it cannot be sent to yet. */
export interface Connections {
  add(connection: SocketConnection): void;
  get(id: string): SocketConnection | undefined;
  remove(id: string): void;
  all(): SocketConnection[];
}

export function createConnections(): Connections {
  const open = new Map<string, SocketConnection>();
  return {
    add: (connection) => {
      open.set(connection.id, connection);
    },
    get: (id) => open.get(id),
    remove: (id) => {
      open.delete(id);
    },
    all: () => [...open.values()],
  };
}
