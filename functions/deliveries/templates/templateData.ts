import type { DialIn } from '../../meetings/dialIn.ts';
import type { InvitedPeople } from '../../meetings/invitedPeople.ts';
import { palettesOf } from '../../runtime/brand/palette.ts';

/**
 * Why something is sent; `waiting` tells the organizer that somebody waits to be let in, and no host is there,
 * `unreachable` whom mail does not reach.
 */
export type Action = 'invite' | 'update' | 'cancel' | 'remind' | 'waiting' | 'unreachable';

/** Who made the meeting; of one who was deleted the `username` is empty. */
export interface OrganizerFacts {
  readonly id: string;
  readonly domain: string;
  readonly username: string;
  /** What people call them. */
  readonly name: string;
  readonly email?: string | undefined;
  readonly created?: Date | undefined;
  readonly lastLogin?: Date | undefined;
  readonly role: string;
  readonly capabilities: readonly string[];
  readonly mobilePhone?: string | undefined;
  readonly landLineNumber?: string | undefined;
  readonly alias?: string | undefined;
}

/** Someone who was invited. `userId` where they are a user too. */
export interface ParticipantFacts {
  readonly id: string;
  readonly name?: string | undefined;
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

export interface MeetingFacts {
  readonly name: string;
  /** Where it is `scheduled`, a cancellation tells its reader alone that they were taken off it. */
  readonly status: 'scheduled' | 'cancelled';
  readonly description?: string | undefined;
  /** The default language of the meeting. */
  readonly language: string;
  readonly timeZone: string;
  readonly validSince: Date;
  readonly validUntil: Date;
  /** The link of the meeting, or a short one. */
  readonly url: string;
  /** The recipient's own link, which says that they come by it; where they have none, as `url`. */
  readonly personalUrl: string;
  /** The recipient's own link where the page behind it takes their answer. */
  readonly answerUrl?: string | undefined;
  readonly ddi?: DialIn | undefined;
  /** Whom mail does not reach, by what the organizer calls them. */
  readonly unreachable?: readonly string[] | undefined;
  readonly participants: readonly ParticipantFacts[];
  /** Absent where the recipient is not its organizer. */
  readonly invited?: InvitedPeople | undefined;
}

/** Whose service it is. */
export interface BrandFacts {
  readonly brandName?: string | undefined;
  /** `#rrggbb`. */
  readonly brandColor?: string | undefined;
}

export interface TemplateFacts {
  readonly meeting: MeetingFacts;
  readonly organizer: OrganizerFacts;
  /** The participant to whom it is sent. */
  readonly recipientId: string;
  /** The address or number to which it is sent. */
  readonly party: string;
  readonly action: Action;
  readonly brand: BrandFacts;
}

export type TemplateData = ReturnType<typeof templateData>;

/**
 * What templates may use, each value named here: what a template is given it can send to the recipient. Instants are
 * epoch milliseconds. Of the other participants there are `id` and `name`, of the recipient also `email` and `phone`; the
 * organizer's own letters have `invited` beside them, and the organizer alone is told of addresses that mail does not reach.
 */
export function templateData({ meeting, organizer, recipientId, party, action, brand }: TemplateFacts) {
  const { participants } = meeting;
  return {
    party,
    action,
    brand: brandData(brand),
    meeting: {
      name: meeting.name,
      description: meeting.description,
      status: meeting.status,
      language: meeting.language,
      timeZone: meeting.timeZone,
      validSince: meeting.validSince.getTime(),
      validUntil: meeting.validUntil.getTime(),
      url: meeting.url,
      personalUrl: meeting.personalUrl,
      answerUrl: meeting.answerUrl,
      ddi: { extension: meeting.ddi?.extension, pin: meeting.ddi?.pin },
      unreachable: meeting.unreachable ?? [],
      user: userData(organizer),
      // Few templates name all participants, of whom there may be thousands.
      get users() {
        return participants.flatMap(({ userId }) => userId ?? []);
      },
      get participants() {
        return participants.map((participant) => participantData(participant, recipientId));
      },
      ...(meeting.invited && { invited: meeting.invited }),
    },
  };
}

function brandData({ brandName, brandColor }: BrandFacts) {
  const { light, dark } = palettesOf(brandColor);
  const { color, onColor, soft, onSoft } = light;
  const inTheDark = { color: dark.color, onColor: dark.onColor, soft: dark.soft, onSoft: dark.onSoft };
  return { name: brandName, color, onColor, soft, onSoft, dark: inTheDark };
}

function userData(organizer: OrganizerFacts) {
  return {
    id: organizer.id,
    domain: organizer.domain,
    username: organizer.username,
    name: organizer.name,
    email: organizer.email,
    created: organizer.created?.getTime(),
    lastLogin: organizer.lastLogin?.getTime(),
    role: organizer.role,
    capabilities: organizer.capabilities,
    mobilePhone: organizer.mobilePhone,
    landLineNumber: organizer.landLineNumber,
    alias: organizer.alias,
  };
}

function participantData({ id, name, email, phone }: ParticipantFacts, recipientId: string) {
  return id === recipientId ? { id, name, email, phone } : { id, name };
}
