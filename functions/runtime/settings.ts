import * as z from 'zod/mini';
import { variable } from './environment.ts';
import { once } from './once.ts';

const secretReference = z.object({ store: z.enum(['ssm', 'secretsmanager']), id: z.string() });

/** Lists are for reading. */
function list<Item extends z.ZodMiniType>(item: Item) {
  return z.readonly(z.array(item));
}

/** What the functions know of the operator's settings; the stack writes it, as JSON, into `SETTINGS`. */
export const runtimeSettingsSchema = z.object({
  linkHost: z.string(),
  linkPath: z.string(),
  linkFormat: z.enum(['unique', 'user']),
  domain: z.string(),
  /** Names of channels; what no channel is called is passed over. */
  inviteMechanisms: list(z.string()),
  remindMechanisms: list(z.string()),
  /** Whether organizers get a mail of their own about their meetings. */
  organizerMail: z.boolean(),
  remindBeforeMinutes: z.optional(z.number()),
  /** Whose service it is, as mails say. */
  brandName: z.optional(z.string()),
  /** `#rrggbb`, on which white can be read. */
  brandColor: z.optional(z.string()),
  languages: z.readonly(z.array(z.string()).check(z.minLength(1))),
  languagesGiven: z.boolean(),
  timeZone: z.string(),
  /** What mail comes from; none, and no mail is sent. */
  mailIdentity: z.optional(z.object({ address: z.string(), name: z.optional(z.string()) })),
  configurationSet: z.optional(z.string()),
  smsService: z.boolean(),
  smsOrigination: z.optional(z.object({ kind: z.enum(['number', 'senderId']), value: z.string() })),
  smsMaxPriceUsd: z.optional(z.number()),
  smsCountries: list(z.string()),
  mailsPerDay: z.number(),
  /** Mails a second; absent where SES alone limits them. */
  maxSendRate: z.optional(z.number()),
  smsPerDay: z.number(),
  pushApplications: z.object({
    fcm: z.optional(z.string()),
    apns: z.optional(z.string()),
    'apns-sandbox': z.optional(z.string()),
  }),
  pstnExtension: z.optional(z.string()),
  shortenerToken: z.optional(secretReference),
  capabilitiesClaim: z.string(),
  trustIssuerAddresses: z.boolean(),
  publicRooms: z.boolean(),
  roomCapacity: z.number(),
  openBeforeMinutes: z.number(),
  /** Where pages open their socket, without a query. */
  socketUrl: z.string(),
  iceServers: list(z.object({ urls: list(z.string()) })),
  /** What is shared with the TURN servers. */
  turnSecret: z.optional(secretReference),
  /** The origin of a Jitsi server that holds the conferences. */
  jitsiHost: z.optional(z.string()),
  /** The pages from elsewhere that may use the service; `*` stands for all. */
  allowedOrigins: list(z.string()),
  retentionDays: z.number(),
  /** Whether it is kept who was in the rooms of meetings. */
  attendance: z.boolean(),
});

export type RuntimeSettings = Readonly<z.output<typeof runtimeSettingsSchema>>;

/** Where a secret is kept: the name of an SSM parameter, or the name or ARN of a Secrets Manager secret. */
export type SecretReference = Readonly<z.output<typeof secretReference>>;

/** The settings of this deployment, parsed once per environment. */
export const settings = /* @__PURE__ */ once(
  (): RuntimeSettings => z.parse(runtimeSettingsSchema, JSON.parse(variable('SETTINGS'))),
);
