import type { Channel } from '../../functions/deliveries/channels/channels.ts';

/** What each field of the templates' data is, in the order of Quobis's manual, then what this service adds. */
export const fields: Readonly<Record<string, string>> = {
  party: 'the email address, phone number or device of the recipient',
  'meeting.name': 'name of the meeting',
  'meeting.user.id': 'id of the user who made the meeting',
  'meeting.user.domain': 'their domain',
  'meeting.user.username': 'their username; empty where they were deleted',
  'meeting.user.name': 'what people call them: their name, else their username; empty likewise',
  'meeting.user.email': 'their email address',
  'meeting.user.created': 'when they were created',
  'meeting.user.lastLogin': 'when they last logged in',
  'meeting.user.role': 'their role',
  'meeting.user.capabilities': 'their capabilities, a list',
  'meeting.user.mobilePhone': 'their mobile phone number',
  'meeting.user.landLineNumber': 'their land line number',
  'meeting.user.alias': 'their alias',
  'meeting.users': 'ids of the users who take part, a list',
  'meeting.language': 'default language of the meeting',
  'meeting.participants': 'a list of id and name; of the recipient also email or phone',
  'meeting.validSince': 'when it begins, for formatDate and formatTime',
  'meeting.validUntil': 'when it ends, likewise',
  'meeting.url': 'link of the meeting',
  'meeting.personalUrl': 'link of the recipient alone, which says who comes by it; else the same as meeting.url',
  'meeting.answerUrl':
    'the same where it takes an answer: with #answer=accepted, #answer=tentative or #answer=declined behind it, that one is chosen; else absent',
  'meeting.ddi.extension': 'the number to join by phone, where pstnExtension is set',
  'meeting.ddi.pin': 'the code to say there',
  'meeting.invited.people':
    'in letters to the organizer alone: names, addresses or numbers of those invited, 20 at most, a list',
  'meeting.invited.more': 'likewise: how many there are beside them',
  'meeting.timeZone': 'zone in which its times are written',
  'meeting.description': 'what it is about, where that was said',
  'meeting.status':
    'scheduled or cancelled; a cancellation of a scheduled one means that the recipient was taken off it',
  'brand.name': 'whose service it is, where brandName is set',
  'brand.color': 'the colour of its buttons and links, as #rrggbb: brandColor, or the service’s own',
  'brand.onColor': 'of text on that',
  'brand.soft': 'of what is only marked',
  'brand.onSoft': 'of text on that',
  'brand.dark.color': 'the same four for whoever reads in the dark',
  'brand.dark.onColor': 'of text on that',
  'brand.dark.soft': 'of what is only marked',
  'brand.dark.onSoft': 'of text on that',
  'meeting.unreachable':
    'whom mail does not reach: a list of names, or of addresses where no name is known; of the letter that says so, else empty',
  action:
    'why this is sent: invite, update, cancel, remind; or to the organizer waiting, somebody waits to be let in, or unreachable, mail does not reach somebody',
};

/** What a recipient would miss: the `optional fields` that Quobis's manual warns of where a template leaves them out. */
export const expectedFields: Readonly<Partial<Record<Channel, readonly string[]>>> = {
  email: ['meeting.name', 'meeting.validSince', 'meeting.validUntil', 'meeting.url', 'meeting.description', 'action'],
  sms: ['meeting.name', 'meeting.validSince', 'meeting.url', 'action'],
};

/** What serves in the place of an expected field. */
export const alternatives: ReadonlyMap<string, string> = new Map([['meeting.url', 'meeting.personalUrl']]);

/** Expected along with them where people can dial in. */
export const dialInFields: readonly string[] = ['meeting.ddi.extension', 'meeting.ddi.pin'];

/** What the helpers take and give, as an operator writes them. */
export const helpers: Readonly<Record<string, string>> = {
  '{{formatDate meeting.validSince}}': 'the date; takes every option of Intl.DateTimeFormat, weekday="long"',
  '{{formatTime meeting.validSince}}': 'the time, likewise; hour12=false, timeZoneName="short"',
  '{{formatSpan meeting.validSince meeting.validUntil}}':
    'from when to when, with the offset from GMT, of each end where the clocks change between: 10:00 AM – 11:00 AM GMT+2',
  '{{relativeTime meeting.validSince}}': 'how soon that is: in 10 minutes',
  '{{#if (is action "update" "remind")}}': 'whether the first is one of the others',
  '{{#each (lines meeting.description)}}': 'its lines',
  '{{isolate meeting.name}}': 'a name among other text, which keeps its order whatever the script of the name',
  '{{brief meeting.name 40}}': 'at most 40 characters, in letters that an SMS sends at its lowest price',
};
