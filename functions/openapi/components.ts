import { eventComponents } from './events.ts';
import { type Components, type JsonSchema, jsonSchemasOf } from './jsonSchema.ts';
import { meetingInputs } from './meetingInputs.ts';
import {
  answer,
  answerCounts,
  delivery,
  dialIn,
  history,
  invitation,
  invitations,
  listedMeeting,
  meeting,
  meetingPage,
  participant,
} from './meetingReplies.ts';
import { gatewayMessage, health, problem } from './problemReply.ts';
import { roomInputs } from './roomInputs.ts';
import { attendance, dialledMeeting, hostToken, room } from './roomReplies.ts';
import { userInputs } from './userInputs.ts';
import { administeredUser, device, deviceList, user, userPage } from './userReplies.ts';
import { webhookInputs } from './webhookInputs.ts';
import { attemptPage, keyedWebhook, testResult, webhook, webhookList } from './webhookReplies.ts';

/** What callers send. */
const inputs = { ...meetingInputs, ...roomInputs, ...userInputs, ...webhookInputs };

/** What callers get; the names are those of the document. */
export const replies = {
  Meeting: { schema: meeting, notes: { description: 'A meeting.' } },
  Participant: { schema: participant, notes: { description: 'Somebody who takes part in a meeting.' } },
  Answer: { schema: answer, notes: { description: 'What somebody answered to an invitation.' } },
  AnswerCounts: { schema: answerCounts, notes: { description: 'How many participants answered what.' } },
  Invitation: { schema: invitation, notes: { description: 'What a participant is asked, and has answered.' } },
  DialIn: { schema: dialIn, notes: { description: 'How to join a meeting by an ordinary telephone.' } },
  ListedMeeting: { schema: listedMeeting, notes: { description: 'A meeting in a list.' } },
  MeetingPage: { schema: meetingPage, notes: { description: 'A page of meetings.' } },
  Delivery: { schema: delivery, notes: { description: 'What became of one thing that was sent, or is to be.' } },
  History: { schema: history, notes: { description: 'Who changed a meeting, when, and what of it.' } },
  Invitations: { schema: invitations, notes: { description: 'What each person of a meeting was sent last.' } },
  User: { schema: user, notes: { description: 'A user as they see themselves.' } },
  AdministeredUser: { schema: administeredUser, notes: { description: 'A user as admins see them.' } },
  UserPage: { schema: userPage, notes: { description: 'A page of users.' } },
  Device: { schema: device, notes: { description: 'A device for push; its token stays with the service.' } },
  DeviceList: { schema: deviceList, notes: { description: 'The devices of a user.' } },
  Attendance: { schema: attendance, notes: { description: 'Who was in the room of a meeting, and when.' } },
  Webhook: { schema: webhook, notes: { description: 'Where another system is told of events.' } },
  KeyedWebhook: { schema: keyedWebhook, notes: { description: 'A webhook with its new secret, which is shown once.' } },
  WebhookList: { schema: webhookList, notes: { description: 'All webhooks.' } },
  AttemptPage: { schema: attemptPage, notes: { description: 'A page of what a webhook was told, or is to be.' } },
  WebhookTest: { schema: testResult, notes: { description: 'What a receiver answered to a test.' } },
  HostToken: { schema: hostToken, notes: { description: 'What makes its holder a host in the room of a meeting.' } },
  DialledMeeting: { schema: dialledMeeting, notes: { description: 'The meeting that a dial-in code opens.' } },
  Room: { schema: room, notes: { description: 'What is behind a link, while it is open.' } },
  Health: { schema: health, notes: { description: 'That the service answers.' } },
  Problem: { schema: problem, notes: { description: 'Why a call was refused (RFC 9457).' } },
  GatewayMessage: { schema: gatewayMessage, notes: { description: 'What the gateway answers by itself.' } },
} satisfies Components;

export type ReplyName = keyof typeof replies;

/** All schemas of the document, by name. */
export function componentSchemas(): Record<string, JsonSchema> {
  return {
    ...jsonSchemasOf(inputs, 'input'),
    ...jsonSchemasOf(replies, 'output'),
    ...jsonSchemasOf(eventComponents, 'output'),
  };
}
