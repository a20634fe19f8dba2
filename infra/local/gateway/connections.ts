/** Who is at the other end of a WebSocket. */
export interface Identity {
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** A WebSocket connection that the gateway has accepted. */
export interface Connection {
  readonly id: string;
  readonly identity: Identity;
  /** Epoch milliseconds, as is `lastActiveAt`. */
  readonly connectedAt: number;
  lastActiveAt(): number;
  send(text: string): Promise<void>;
  close(): void;
}

/** The connections that are open now. One whose `$connect` has not ended is not among them: it cannot be sent to yet. */
export interface Connections {
  add(connection: Connection): void;
  get(id: string): Connection | undefined;
  remove(id: string): void;
  all(): Connection[];
}

export function createConnections(): Connections {
  const open = new Map<string, Connection>();
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
