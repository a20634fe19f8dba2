import { examples } from './examples.ts';
import { referenceTo } from './jsonSchema.ts';
import { answerBody, invitationShown, organizersOnly } from './meetingOperations.ts';
import type { Operations, Parameter, Reply } from './operation.ts';
import type { ProblemCode } from './problems.ts';

const part = (name: string, description: string, example: string): Parameter => {
  return { name, in: 'path', description, required: true, schema: { type: 'string' }, example };
};

const room: Reply = {
  status: 200,
  description: 'The room: its page where `Accept` names `text/html`, else what the page is made of.',
  json: 'Room',
  example: examples.Room,
  other: { 'text/html': { type: 'string' } },
};

const personalLink = part(
  'link',
  "The last segment of a personal link: the meeting's id and key, `~`, the participant's id and a MAC.",
  `${examples.Meeting.id}.h7d2s9f4j1k6a3e8~4z8q1m0x7c2v.9m4x1c7v2z8q5t3w`,
);

const dialInCode = part('pin', 'The nine digits that were typed.', '483920175');

const closed: readonly ProblemCode[] = ['ended', 'cancelled'];

/** The doors to rooms. */
export const roomOperations: Operations = {
  'POST /meetings/{id}/host-token': {
    tag: 'Rooms',
    summary: 'Become the host in the room of a meeting',
    description:
      'For whoever manages it, and for its co-hosts, who need no capability: a token that is good for 5 minutes. That of a co-host ends with their role.',
    parameters: [part('id', 'The meeting.', examples.Meeting.id)],
    replies: [{ status: 201, description: 'The token.', json: 'HostToken', example: examples.HostToken }],
    capability: 'meetings',
    problems: [...organizersOnly, ...closed],
  },
  'GET /meetings/{id}/attendance': {
    tag: 'Rooms',
    summary: 'Read who was in the room of a meeting',
    description:
      'For whoever manages it, while the meeting is on and until it is forgotten. Participants are known by their personal links, the organizer by a host token; others are named as they called themselves. As a CSV file (RFC 4180, UTF-8 with a byte order mark) where `Accept` names `text/csv`, with a line for each visit and for each participant who was not seen; what a spreadsheet would take for a formula begins with an apostrophe there.',
    parameters: [part('id', 'The meeting.', examples.Meeting.id)],
    replies: [
      {
        status: 200,
        description: 'Who was there.',
        json: 'Attendance',
        example: examples.Attendance,
        other: { 'text/csv': { type: 'string' } },
      },
    ],
    capability: 'meetings',
    problems: [...organizersOnly, 'attendance-unavailable'],
  },
  'GET /dial-in/{pin}': {
    tag: 'Rooms',
    summary: 'Find the meeting that a dial-in code opens now',
    description:
      'For telephone exchanges. Needs the capability `dial-in`. Of a meeting with a password (`isPasswordProtected`) it tells the language to ask for it in, and not which it is: `POST` does, with the digits that are typed.',
    parameters: [dialInCode],
    replies: [
      {
        status: 200,
        description: 'The meeting, or that a password is to be asked for.',
        json: 'DialledMeeting',
        example: examples.DialledMeeting,
      },
    ],
    capability: 'dial-in',
    problems: ['capability-missing', 'no-such-code', 'too-early', ...closed, 'too-many-attempts'],
  },
  'POST /dial-in/{pin}': {
    tag: 'Rooms',
    summary: 'Find the meeting that a dial-in code opens now with its password',
    description:
      'For telephone exchanges. Needs the capability `dial-in`. Every password that is sent counts, right or wrong; of a meeting without one it is not looked at.',
    parameters: [dialInCode],
    body: { schema: { $ref: referenceTo('DialInPassword') }, required: true, example: { password: '730164' } },
    replies: [
      {
        status: 200,
        description: 'The meeting.',
        json: 'DialledMeeting',
        example: { ...examples.DialledMeeting, isPasswordProtected: true },
      },
    ],
    capability: 'dial-in',
    problems: [
      'invalid-json',
      'invalid-input',
      'capability-missing',
      'wrong-password',
      'no-such-code',
      'too-early',
      ...closed,
      'too-many-attempts',
      'too-many-passwords',
    ],
  },
  'GET {linkPath}/{link}': {
    tag: 'Rooms',
    summary: "Open the room behind a meeting's link",
    description:
      "It opens some minutes before the meeting's start. The page is the same for every link. A personal link opens it as the meeting's own does, and says who comes; it ends when its participant is taken off or the link is rotated.",
    parameters: [
      part(
        'link',
        "The last segment of the link: the meeting's id and key, in a personal link with `~`, the participant's id and a MAC behind them; or the organizer's alias.",
        `${examples.Meeting.id}.h7d2s9f4j1k6a3e8`,
      ),
    ],
    replies: [room],
    problems: ['no-such-room', 'too-early', ...closed, 'limited'],
  },
  'GET {linkPath}/{link}/answer': {
    tag: 'Rooms',
    summary: 'Read what a personal link asks',
    description: 'The meeting, and what its participant has answered. It changes nothing, however often it is read.',
    parameters: [personalLink],
    replies: [invitationShown('What is asked, and was answered.')],
    problems: ['no-such-room', ...closed, 'limited'],
  },
  'POST {linkPath}/{link}/answer': {
    tag: 'Rooms',
    summary: 'Answer an invitation by a personal link',
    description: 'Until the end of the meeting; the last answer counts, and nobody is told of it.',
    parameters: [personalLink],
    body: answerBody,
    replies: [invitationShown('What stands now.')],
    problems: ['invalid-json', 'invalid-input', 'no-such-room', ...closed, 'limited'],
  },
  'GET /j/{code}': {
    tag: 'Rooms',
    summary: 'Follow the short link of an SMS',
    description: "It leads to its participant's own link, and ends with that.",
    parameters: [part('code', 'The 12 letters and digits of the link.', '7t3k9d5h1w6s')],
    replies: [{ status: 302, description: 'The link is that of `Location`.', headers: ['Location'] }],
    problems: ['no-such-room'],
  },
  'GET /c/{identifier}': {
    tag: 'Rooms',
    summary: 'Open a public room',
    description: 'It is there as soon as somebody names it.',
    parameters: [
      part(
        'identifier',
        '1 to 64 letters and digits of any script, `-`, `_` and `.`; the case of letters does not matter.',
        'our-place',
      ),
    ],
    replies: [
      { ...room, example: { ...examples.Room, kind: 'public', room: `public-${'5f'.repeat(20)}`, name: 'our-place' } },
    ],
    problems: ['no-such-room', 'public-rooms-off', 'limited'],
  },
  'GET /assets/{hash}': {
    tag: 'Rooms',
    summary: "Fetch an asset of the rooms' page",
    description: 'A script, a style, or the words of a language. It is compressed by brotli for who takes it so.',
    parameters: [
      part('hash', "The hash of what it holds, and its kind, as the page's document names it.", 'QX3K2ZAB.js'),
    ],
    replies: [
      {
        status: 200,
        description: 'The asset, which never changes.',
        headers: ['Cache-Control'],
        other: { 'text/javascript': { type: 'string' }, 'text/css': { type: 'string' } },
      },
    ],
    problems: ['no-such-asset'],
  },
};
