import { allowances } from '../deliveries/channels/channels.ts';
import { idempotencyHeader } from '../meetings/idempotency.ts';
import { listQuery } from '../meetings/listings/listQuery.ts';
import { ifMatchHeader } from '../runtime/entityTags.ts';
import { examples } from './examples.ts';
import { inputSchema, referenceTo } from './jsonSchema.ts';
import type { Operation, Operations, Parameter, Reply } from './operation.ts';
import type { ProblemCode } from './problems.ts';

const id: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The meeting.',
  required: true,
  schema: { type: 'string' },
  example: examples.Meeting.id,
};

const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  description: 'Carry it out only on this revision: an entity tag, several with commas, or `*`.',
  schema: inputSchema(ifMatchHeader.shape['If-Match']),
  example: '"1"',
};

const { from, until, role, status, limit, cursor, updatedSince } = listQuery.shape;

const listParameters: readonly Parameter[] = [
  {
    name: 'from',
    in: 'query',
    description: 'Only meetings that start at this instant or later.',
    schema: inputSchema(from),
  },
  {
    name: 'until',
    in: 'query',
    description: 'Only meetings that start before this instant.',
    schema: inputSchema(until),
  },
  {
    name: 'role',
    in: 'query',
    description: 'Only those in which the caller has this part.',
    schema: inputSchema(role),
  },
  { name: 'status', in: 'query', description: 'Only those of this status.', schema: inputSchema(status) },
  {
    name: 'limit',
    in: 'query',
    description: 'How many at most.',
    schema: inputSchema(limit, { type: 'integer', default: 50 }),
  },
  { name: 'cursor', in: 'query', description: 'The `cursor` of the page before.', schema: inputSchema(cursor) },
  {
    name: 'updatedSince',
    in: 'query',
    description:
      'Only meetings that have changed for the caller since this instant, at most 30 days ago, each as it is now, in the order of their changes. `left` names those that are theirs no more. Next time the `updatedSince` of the last page is asked for; it lies two minutes back, so that what was told may come again. Beside it only `limit` and `cursor`.',
    schema: inputSchema(updatedSince),
  },
];

const newMeeting = {
  name: 'Planning',
  participants: [{ email: 'bob@example.org', name: 'Bob' }, { phone: '+34600000002' }],
  validSince: '2027-03-01T09:30:00+01:00',
};

/** What refuses whoever may not manage a meeting. */
export const organizersOnly: readonly ProblemCode[] = ['meeting-not-found', 'not-organizer', 'capability-missing'];
const input: readonly ProblemCode[] = ['invalid-json', 'invalid-input'];
const tooManyMessages: readonly ProblemCode[] = allowances.map(({ code }) => code);
const change: readonly ProblemCode[] = [...organizersOnly, 'precondition-failed', 'meeting-busy'];

const shown = (status: number, description: string, headers: Reply['headers'] = ['ETag']): Reply => {
  return { status, description, headers, json: 'Meeting', example: examples.Meeting };
};

const createMeeting: Operation = {
  tag: 'Meetings',
  summary: 'Schedule a meeting',
  description:
    'The participants are invited, and reminded before it starts. Needs the capability `meetings`. The same call with the same `Idempotency-Key` makes no second meeting within 24 hours: it is answered with the first one as it is now.',
  parameters: [
    {
      name: 'Idempotency-Key',
      in: 'header',
      description: "The caller's own name for this call, so that it can be repeated.",
      schema: inputSchema(idempotencyHeader.shape['Idempotency-Key']),
      example: '4f5b2a0e-planning',
    },
  ],
  body: { schema: { $ref: referenceTo('NewMeeting') }, required: true, example: newMeeting },
  replies: [shown(201, 'The meeting.', ['Location', 'ETag'])],
  capability: 'meetings',
  problems: [
    ...input,
    'capability-missing',
    'admin-needed',
    'call-in-progress',
    'idempotency-key-reused',
    ...tooManyMessages,
  ],
};

const patchMeeting: Operation = {
  tag: 'Meetings',
  summary: 'Change a meeting',
  description:
    'Whom the change concerns is told of it: its time, name or link concern all; a description, language, zone, lobby, password or whether answers are shown nobody until they are told of something else. A patch that changes nothing raises neither revision nor sequence.',
  parameters: [id, ifMatch],
  body: {
    schema: { $ref: referenceTo('MeetingPatch') },
    mergePatch: true,
    required: true,
    example: { validSince: '2027-03-01T10:30:00+01:00' },
  },
  replies: [shown(200, 'The meeting as it is now.')],
  capability: 'meetings',
  problems: [...input, ...change, 'meeting-cancelled', 'meeting-ended', 'unsupported-media-type', ...tooManyMessages],
};

const addParticipant: Operation = {
  tag: 'Meetings',
  summary: 'Add a participant',
  description:
    'They are invited, and nobody else hears of it. Whoever takes part already is answered with 200: they are invited at an address that is new of them, and nothing else of them changes.',
  parameters: [id, ifMatch],
  body: {
    schema: { $ref: referenceTo('NewParticipant') },
    required: true,
    example: { email: 'carla@example.org', name: 'Carla' },
  },
  replies: [
    {
      status: 201,
      description: 'The participant.',
      headers: ['ETag'],
      json: 'Participant',
      example: examples.Participant,
    },
    {
      status: 200,
      description: 'Who takes part already.',
      headers: ['ETag'],
      json: 'Participant',
      example: examples.Participant,
    },
  ],
  capability: 'meetings',
  problems: [...input, ...change, 'meeting-cancelled', 'meeting-ended', 'too-many-participants', ...tooManyMessages],
};

const removeParticipant: Operation = {
  tag: 'Meetings',
  summary: 'Remove a participant',
  description: 'Whoever was invited is told that the meeting is no more for them, and nobody else hears of it.',
  parameters: [
    id,
    {
      name: 'participantId',
      in: 'path',
      description: 'The participant, as `participants[].id` has it.',
      required: true,
      schema: { type: 'string' },
      example: examples.Participant.id,
    },
    ifMatch,
  ],
  replies: [{ status: 204, description: 'They take part no more.', headers: ['ETag'] }],
  capability: 'meetings',
  problems: ['invalid-input', ...change, 'participant-not-found', 'meeting-cancelled', 'meeting-ended'],
};

const inviteAgain: Operation = {
  tag: 'Meetings',
  summary: 'Invite all participants again',
  description: 'As if for the first time; once in 10 minutes.',
  parameters: [id, ifMatch],
  body: { schema: { type: 'object', additionalProperties: false }, required: false, example: {} },
  replies: [shown(202, 'The meeting, with a new revision and sequence.', ['Location', 'ETag'])],
  capability: 'meetings',
  problems: [
    ...input,
    ...change,
    'meeting-cancelled',
    'meeting-ended',
    'invitations-silenced',
    'resend-too-soon',
    ...tooManyMessages,
  ],
};

/** An answer that is sent, and what it is answered with. */
export const answerBody = {
  schema: { $ref: referenceTo('AnswerInput') },
  required: true,
  example: { status: 'accepted', comment: 'I will be ten minutes late.' },
} as const;

export const invitationShown = (description: string): Reply => {
  return { status: 200, description, json: 'Invitation', example: examples.Invitation };
};

/** The doors to meetings. */
export const meetingOperations: Operations = {
  'POST /meetings': createMeeting,
  'GET /meetings': {
    tag: 'Meetings',
    summary: 'List the meetings of the caller',
    description:
      'Those that the caller organizes or attends, by their start. What an organizer changes their list shows at once, that of a participant once the change has been followed, a moment later.',
    parameters: listParameters,
    replies: [{ status: 200, description: 'A page of them.', json: 'MeetingPage', example: examples.MeetingPage }],
    problems: ['invalid-input', 'updates-expired'],
  },
  'GET /meetings/{id}': {
    tag: 'Meetings',
    summary: 'Read a meeting',
    description: "For its organizer, its participants (without the others' addresses) and admins.",
    parameters: [id],
    replies: [shown(200, 'The meeting.')],
    problems: ['meeting-not-found'],
  },
  'PATCH /meetings/{id}': patchMeeting,
  'DELETE /meetings/{id}': {
    tag: 'Meetings',
    summary: 'Cancel a meeting',
    description: 'It stays readable. Whoever was told of it is told that it is cancelled. May be repeated.',
    parameters: [id, ifMatch],
    replies: [{ status: 204, description: 'It is cancelled.' }],
    capability: 'meetings',
    problems: ['invalid-input', ...change],
  },
  'GET /meetings/{id}/changes': {
    tag: 'Meetings',
    summary: 'Read who changed a meeting, and when',
    description:
      'The last 50 calls that changed it, the newest first. What follows from the deletion of a user is no call about a meeting, and is not among them.',
    parameters: [id],
    replies: [{ status: 200, description: 'Its history.', json: 'History', example: examples.History }],
    capability: 'meetings',
    problems: organizersOnly,
  },
  'GET /meetings/{id}/invitations': {
    tag: 'Meetings',
    summary: 'Read what became of invitations and reminders',
    parameters: [id],
    replies: [
      {
        status: 200,
        description: 'What each person was sent last.',
        json: 'Invitations',
        example: examples.Invitations,
      },
    ],
    capability: 'meetings',
    problems: organizersOnly,
  },
  'POST /meetings/{id}/invitations': inviteAgain,
  'POST /meetings/{id}/participants': addParticipant,
  'DELETE /meetings/{id}/participants/{participantId}': removeParticipant,
  'PUT /meetings/{id}/answer': {
    tag: 'Meetings',
    summary: 'Answer an invitation',
    description:
      'For whoever takes part. The last answer counts; it raises neither revision nor sequence, and nobody is told of it.',
    parameters: [id],
    body: answerBody,
    replies: [invitationShown('What stands now.')],
    problems: [...input, 'meeting-not-found', 'not-participant', 'meeting-cancelled', 'meeting-ended'],
  },
  'GET /meetings/{id}/calendar.ics': {
    tag: 'Meetings',
    summary: 'Read a meeting as a calendar file',
    description: 'The file (RFC 5545) that mails carry, to import; for its organizer, its participants and admins.',
    parameters: [id],
    replies: [
      {
        status: 200,
        description: 'The file.',
        headers: ['ETag'],
        other: { 'text/calendar': { type: 'string' } },
      },
    ],
    problems: ['meeting-not-found'],
  },
};
