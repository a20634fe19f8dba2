import type { ChannelDefinition } from '../../functions/deliveries/channels/channel.ts';
import { organizerParticipantId } from '../../functions/deliveries/delivery.ts';
import {
  type Action,
  type BrandFacts,
  type MeetingFacts,
  type OrganizerFacts,
  type TemplateData,
  templateData,
} from '../../functions/deliveries/templates/templateData.ts';
import type { InvitedPeople } from '../../functions/meetings/invitedPeople.ts';

export const actions: readonly Action[] = ['invite', 'update', 'cancel', 'remind', 'waiting', 'unreachable'];

/** Of what organizers are told by letters of their own. */
export const organizerActions: readonly Action[] = ['invite', 'update', 'cancel'];

/** What a message says of the sample meeting; `link` and `pstnExtension` stand in for those of a deployment. */
export interface SampleOccasion {
  readonly channel: ChannelDefinition;
  readonly action: Action;
  readonly link?: string | undefined;
  /** Stands in for the short link of an SMS. */
  readonly shortLink?: string | undefined;
  readonly pstnExtension?: string | undefined;
  readonly brand?: BrandFacts | undefined;
  /** Whether it tells the organizer of their own meeting, and no participant. Default: false. */
  readonly toOrganizer?: boolean | undefined;
}

/** When it is sent: ten minutes before the meeting. */
export const sampleNow = new Date('2026-03-12T08:50:00Z');

const id = '3f2a9c51-7d0e-4b86-9a1f-5c64e8d2b7a0';
const recipientId = 'kx3vq9t2m7ab';

const organizer: OrganizerFacts = {
  id,
  domain: 'example.org',
  username: 'alice',
  name: 'Alice Vidal',
  email: 'alice@example.org',
  created: new Date('2025-09-01T08:00:00Z'),
  lastLogin: new Date('2026-03-11T16:20:00Z'),
  role: 'user',
  capabilities: ['meetings'],
  mobilePhone: '+34600000001',
  landLineNumber: '+34910000001',
  alias: 'alice',
};

/** The name has 40 characters, the link as many as a shortened one. */
const meeting: MeetingFacts = {
  name: 'Weekly review of the northern team plans',
  status: 'scheduled',
  description: 'What is done, what is next, what is in the way.\nBring your numbers.',
  language: 'en',
  timeZone: 'Europe/Madrid',
  validSince: new Date('2026-03-12T09:00:00Z'),
  validUntil: new Date('2026-03-12T10:00:00Z'),
  url: 'https://bit.ly/4aBcDeF',
  personalUrl: 'https://meet.example.org/m/k3v9x0q2m7c1t8r5w4z6b0n2p1.h7d2s9f4j1k6a3e8~kx3vq9t2m7ab.9m4x1c7v2z8q5t3w',
  ddi: { extension: '+34999999999', pin: '123456789' },
  participants: [
    { id: recipientId, name: 'Bob', userId: id, email: 'bob@example.org', phone: '+34600000002' },
    { id: 'p8d2w6n4c1zy', name: 'Carol' },
  ],
};

const sampleBrand: BrandFacts = { brandName: 'Example', brandColor: '#0b5d3b' };

/** A meeting of which all is known. */
export function fullSample({
  channel,
  action,
  link,
  shortLink,
  pstnExtension,
  brand = sampleBrand,
  toOrganizer = false,
}: SampleOccasion): TemplateData {
  const status = action === 'cancel' ? 'cancelled' : 'scheduled';
  const ddi = { extension: pstnExtension ?? '+34999999999', pin: '123456789' };
  return templateData({
    meeting: {
      ...meeting,
      status,
      ddi,
      url: link ?? meeting.url,
      unreachable: action === 'unreachable' ? ['Bob', 'carol@example.org'] : undefined,
      ...(toOrganizer
        ? organizersOwn({ people: ['Bob', 'Carol', 'dan@example.org'], more: 17 }, link)
        : ownLinks(channel, action, shortLink)),
    },
    organizer,
    recipientId: toOrganizer ? organizerParticipantId : recipientId,
    party: toOrganizer ? 'alice@example.org' : partyOf(channel),
    action,
    brand,
  });
}

/** A meeting of several days of which no more is known than must be; its cancellation takes the recipient off it. */
export function sparseSample({
  channel,
  action,
  link,
  shortLink,
  brand = {},
  toOrganizer = false,
}: SampleOccasion): TemplateData {
  const { description: _, ddi: __, ...known } = meeting;
  return templateData({
    meeting: {
      ...known,
      validUntil: new Date('2026-03-14T10:00:00Z'),
      url: link ?? meeting.url,
      ...(toOrganizer ? organizersOwn({ people: [], more: 0 }, link) : ownLinks(channel, action, shortLink)),
      participants: [],
    },
    organizer: { id, domain: 'example.org', username: '', name: '', role: 'user', capabilities: [] },
    recipientId,
    party: partyOf(channel),
    action,
    brand,
  });
}

/** Organizers have no link of their own, and hear who was invited. */
function organizersOwn(invited: InvitedPeople, link = meeting.url) {
  return { personalUrl: link, answerUrl: undefined, invited };
}

/** What short messages lead to is short. */
function ownLinks(channel: ChannelDefinition, action: Action, shortLink = meeting.url) {
  const personalUrl = channel.reaches === 'address' && channel.hasShortLinks ? shortLink : meeting.personalUrl;
  return { personalUrl, answerUrl: action === 'cancel' ? undefined : personalUrl };
}

function partyOf(channel: ChannelDefinition): string {
  if (channel.reaches === 'devices') return 'phone';
  return channel.addressOf({ email: 'bob@example.org', phone: '+34600000002' }) ?? '';
}
