import { readFileSync } from 'node:fs';
import { type EventType, eventTypes, testType } from '../../functions/events/event.ts';
import { componentSchemas } from '../../functions/openapi/components.ts';
import { toldEvents } from '../../functions/openapi/events.ts';
import { fieldTable } from './fieldTable.ts';

type ToldType = EventType | typeof testType;

const schemas = componentSchemas();

const example = new URL('../../test/events/exampleReceiver.ts', import.meta.url);

const told: readonly ToldType[] = [...eventTypes, testType];

/** The page of events and webhooks, which `docs/events.md` holds. */
export function eventsPage(): string {
  const code = readFileSync(example, 'utf8').trimEnd();
  return [introduction, `\`\`\`ts\n${code}\n\`\`\`\n`, promises, ...told.map(sectionOf)].join('\n');
}

function sectionOf(type: ToldType): string {
  const { name, meaning } = toldEvents[type];
  const schema = schemas[name];
  if (!schema) throw new Error(`The document has no ${name}`);
  return `### ${type}\n\n${meaning}\n\n${fieldTable(schema, schemas)}`;
}

const introduction = `# Events and webhooks

<!-- Written by \`npm run docs\` from the schemas of the events. -->

Other systems are told what happens to meetings: by webhooks, which admins make over the [API](api.md#webhooks), and on an
EventBridge bus of the stack's own, with the setting \`eventBus\`. Events hold ids, sequences and times, and no address:
whoever wants to know more reads the meeting. Where nobody listens none is made, and nothing is written.

## A webhook

\`\`\`sh
curl -s $API/webhooks -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\
  -d '{ "url": "https://hooks.example.org/meetings", "events": ["meeting.scheduled", "meeting.cancelled"] }'
\`\`\`

answers with its \`secret\`, this once. Each event is a POST with JSON, signed as
[Standard Webhooks](https://www.standardwebhooks.com) says; there are libraries for many languages. A whole receiver:
`;

const promises = `## What is promised

- **At least once.** An event is told until the receiver answers 2xx. One that is told again has the same \`webhook-id\`,
  which is derived from what happened.
- **In order for each webhook**: by the second in which it happened, and the changes of one meeting always one after the
  other. An event that a receiver refuses holds up those behind it. What comes late, since a part of AWS failed, is told late.
- **Within 10 seconds** a receiver has to have answered, from the look-up of its name on; of its answer 64 KB are read, and
  its status alone counts. Redirects are not followed: they are failures.
- **After a failure** the same event is told again after 5 and 30 seconds, 2, 10 and 30 minutes, 1, 2, 4 and 8 hours, and
  then every 12 hours, up to a fifth sooner. \`Retry-After\` is kept to where it asks for longer, within 12 hours.
- **After three days** without a single success, or at once with 410, the webhook is off: \`alarmEmail\` gets a mail
  (\`WebhooksTurnedOffAlarm\`), \`GET /webhooks/{id}\` says why in \`off\`, and \`PATCH\` with \`{"enabled": true}\` turns it on
  again. What happened while it was off is not told. What waited, and is not three days old, is told with the next event.
- **Where the promise ends.** Events follow from the table's stream. A record that cannot be followed in ten attempts or six
  hours waits in \`MeetingChangeFailures\`, and can be handed on from there for 24 hours, for as long as the stream keeps it
  ([operating.md](operating.md)).
- **Start and end** are told of meetings that were written, or whose reminder fell due, while somebody listened to these events.
- **Only the public internet.** Port 443, at names and addresses of the public internet; what a name leads to is looked at
  with each connection, IPv4 addresses within IPv6 ones (also of NAT64) as what they are. Certificates are checked.
- **Secrets.** \`POST /webhooks/{id}/secret\` makes a new one, and for 24 hours all is signed with both.
- \`POST /webhooks/{id}/test\` calls the receiver at once, and says what it answered; \`GET /webhooks/{id}/attempts\` shows each
  event of the last three days with every call.

## On the bus

The stack's output \`EventBusName\` names it. \`source\` is \`meetings\`, \`detail-type\` the type, and \`detail\` holds \`id\`,
\`timestamp\` and \`data\`. EventBridge hands on at least once, and in no order. A rule for all that is cancelled:

\`\`\`json
{ "source": ["meetings"], "detail-type": ["meeting.cancelled"] }
\`\`\`

## The events
`;
