import type { knownCapabilities } from '../users/user.ts';
import type { ReplyName } from './components.ts';
import type { JsonSchema } from './jsonSchema.ts';
import type { ProblemCode } from './problems.ts';

/** What the operations of the document are sorted by. */
export const tags = {
  Meetings: 'Scheduling meetings and inviting to them.',
  'The caller': 'What users say of themselves, and their devices for push.',
  Users: 'The directory, for admins.',
  Webhooks: 'Where other systems are told of events, for admins: `docs/events.md`.',
  Rooms: 'What is behind links and dial-in codes.',
  Service: 'The service itself; open to all.',
} as const;

export type Tag = keyof typeof tags;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

/** A header of a reply, as `headers` of the document's components names it. */
export type HeaderName = 'ETag' | 'Location' | 'Cache-Control';

/** One way in which an operation succeeds. */
export interface Reply {
  readonly status: number;
  readonly description: string;
  readonly headers?: readonly HeaderName[];
  readonly json?: ReplyName;
  /** Content that is not JSON of ours, by media type. */
  readonly other?: Readonly<Record<string, JsonSchema>>;
  /** Of the JSON. */
  readonly example?: unknown;
}

type Capability = (typeof knownCapabilities)[number];

/** What the document says of a route; its path, method, access and name come from the route itself. */
export interface Operation {
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: {
    readonly schema: JsonSchema;
    readonly mergePatch?: boolean;
    readonly required: boolean;
    readonly example: unknown;
  };
  readonly replies: readonly Reply[];
  /** What the caller needs, unless they have `admin`, which is not limited. */
  readonly capability?: Capability;
  /** Beside those that any call may be answered with. */
  readonly problems: readonly ProblemCode[];
}

/** By route, as `GET /meetings/{id}`. */
export type Operations = Readonly<Record<string, Operation>>;
