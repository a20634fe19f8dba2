import { answerInput } from '../meetings/answers/answerInput.ts';
import { newMeetingInput, participantInput } from '../meetings/meetingInput.ts';
import { meetingPatch } from '../meetings/meetingPatch.ts';
import { instantInput } from '../meetings/times/instant.ts';
import { timeInput } from '../meetings/times/localTime.ts';
import type { Components, JsonSchema, Notes } from './jsonSchema.ts';

const language: Notes = {
  description: 'A language tag (BCP 47) that the templates of the deployment speak.',
  maxLength: 35,
  examples: ['en', 'es-MX'],
};
const timeZone: Notes = {
  description: "The IANA zone in which letters write its times, in any case of letters. Default: the deployment's.",
  maxLength: 64,
  examples: ['Europe/Madrid'],
};
const email: Notes = { description: 'A mail address.', format: 'email', maxLength: 254, examples: ['bob@example.org'] };
const phone: Notes = {
  description:
    'An MSISDN: 7 to 15 digits with the country code, with or without `+`; one that the plan of its country can have.',
  examples: ['+34600000002'],
};

const person = {
  userId: { description: 'The user that they are, whom the directory knows.' },
  email,
  phone,
  name: {
    description: 'What they are called, on one line, without control characters and overrides of direction.',
    examples: ['Bob'],
  },
  language: {
    ...language,
    description: "The language that they are written to in. Default: their own, then the meeting's.",
  },
  role: {
    description:
      '`cohost`: a user who may be host in the room, and where the meeting has `cohostsManage` sees and changes it as its organizer does. Default: `participant`.',
  },
  required: { description: 'Whether they need to come: calendars tell (OPT-PARTICIPANT). Default: true.' },
};

const description: Notes = { description: 'What it is about, with line ends.', examples: ['The plan for spring.'] };
const name: Notes = {
  description: 'What it is called, on one line, without control characters and overrides of direction.',
  examples: ['Planning'],
};

/** The null of a merge patch, beside what a value may be. */
const orNothing = (notes: Notes): Notes => ({ ...notes, description: `${notes.description} Null takes it away.` });

/** What callers send of meetings. */
export const meetingInputs: Components = {
  Instant: { schema: instantInput },
  Time: { schema: timeInput },
  NewMeeting: {
    schema: newMeetingInput,
    notes: {
      description: 'A meeting to schedule.',
      properties: {
        name,
        participants: {
          description:
            'Whom to invite, beside the organizer. Entries that name the same user, address or number become one.',
          items: {
            description: 'Names a person by at least one of `userId`, `email` and `phone`.',
            ...someOf('userId', 'email', 'phone'),
            properties: person,
          },
        },
        validSince: { description: 'When it starts: at most 5 minutes ago, and at most 5 years ahead.' },
        validUntil: {
          description:
            'When it ends: after its start, by a minute at least and 31 days at most. Default: an hour after it.',
        },
        language: { ...language, description: 'The language of letters to those who have none of their own.' },
        timeZone: { ...timeZone, description: `${timeZone.description} Where the start names one, that.` },
        description,
        sendInvitations: {
          description: 'Whether people, its organizer among them, are told of it and of its changes. Default: true.',
        },
        lobby: { description: 'Whether a host admits whoever comes to its room. Default: false.' },
        showAnswers: {
          description: 'Whether participants see who answered what, not only how many. Default: false.',
        },
        cohostsManage: {
          description: 'Whether its co-hosts see and change it as its organizer does. Default: false.',
        },
        password: {
          description:
            'What whoever comes to its room must know beside the link: digits alone where the deployment has a number to dial; none where a Jitsi server holds the rooms. Kept as a salted hash, and shown nowhere.',
          examples: ['730164'],
        },
        isPasswordProtected: {
          description: 'As replies say it; must be true where the meeting has a password, and false where it has none.',
        },
        record: { description: 'Nothing is recorded.' },
        organizerId: { description: 'Another user whose meeting it is to be; for admins. Default: the caller.' },
      },
    },
  },
  NewParticipant: {
    schema: participantInput,
    notes: {
      description: 'A person to add to a meeting, named by at least one of `userId`, `email` and `phone`.',
      ...someOf('userId', 'email', 'phone'),
      properties: person,
    },
  },
  MeetingPatch: {
    schema: meetingPatch,
    notes: {
      description:
        'A JSON merge patch (RFC 7396): what is absent stays; null takes an optional field back to what a new meeting has without it.',
      properties: {
        name,
        participants: {
          description:
            'The whole new list. An entry is the participant with its `id`, else with its user, address or number; one with nothing but the `id` (and perhaps `name`, `language`, `role` and `required`) keeps their addresses.',
          items: {
            description: 'Names a person by at least one of `id`, `userId`, `email` and `phone`.',
            ...someOf('id', 'userId', 'email', 'phone'),
            properties: {
              id: { description: 'A participant of the meeting.' },
              ...person,
              answer: { description: 'As it was read; changes nothing.' },
              phoneType: { description: 'As it was read; changes nothing.' },
            },
          },
        },
        validSince: { description: 'A new start; alone it moves the end by as much.' },
        validUntil: { description: 'A new end. Null: an hour after the start.' },
        language: orNothing({
          ...language,
          description: 'The language of letters to those who have none of their own.',
        }),
        timeZone: { ...timeZone, description: `${timeZone.description} Null takes it back to that.` },
        description: orNothing(description),
        sendInvitations: {
          description: 'Whether people, its organizer among them, are told of it and of its changes. Null: true.',
        },
        lobby: { description: 'Whether a host admits whoever comes to its room. Null: false.' },
        showAnswers: { description: 'Whether participants see who answered what, not only how many. Null: false.' },
        cohostsManage: {
          description: 'Whether its co-hosts see and change it as its organizer does. Null: false.',
        },
        password: {
          description:
            'What whoever comes to its room must know beside the link: digits alone where the deployment has a number to dial; none where a Jitsi server holds the rooms. Kept as a salted hash, and shown nowhere. Null takes it off; those who are in the room stay.',
          examples: ['730164'],
        },
        isPasswordProtected: {
          description: 'As replies say it; must be true where the meeting has a password, and false where it has none.',
        },
        record: { description: 'Nothing is recorded. Null: false.' },
        rotateLink: {
          description:
            "True makes a new link, and the one before it opens the meeting no more. Where links end in the organizer's alias, the meeting gets one of its own.",
        },
      },
    },
  },
  AnswerInput: {
    schema: answerInput,
    notes: {
      description: 'What a participant answers to an invitation; the last answer counts.',
      properties: {
        status: { description: 'Whether they come, may come, or do not.' },
        comment: { description: 'What the organizer should know, with line ends.', examples: ['I will be late.'] },
        proposed: {
          description: 'Other times that would suit them.',
          items: {
            properties: {
              validSince: { description: 'When it would start: at most 5 years ahead.' },
              validUntil: { description: 'When it would end. Default: so that it lasts as long as the meeting.' },
            },
          },
        },
        sequence: {
          description:
            'The sequence of the meeting that they saw: an answer to what was moved since does not count. Default: as it is now.',
          examples: [0],
        },
      },
    },
  },
};

/**
 * At least one of these fields is there. Said so, since of `anyOf` with `required` alone generators of types make
 * `unknown`, which takes the types of all fields with it.
 */
function someOf(...names: readonly string[]): JsonSchema {
  return { not: { properties: Object.fromEntries(names.map((name) => [name, false])) } };
}
