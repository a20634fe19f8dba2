/** Why something is sent. */
export type Action = 'invite' | 'update' | 'cancel' | 'remind';

/** Who made the meeting; of one who was deleted the `username` is empty. */
export type OrganizerFacts = {
  id: string;
  domain: string;
  username: string;
  email?: string | undefined;
  created?: Date | undefined;
  lastLogin?: Date | undefined;
  role: string;
  capabilities: readonly string[];
  mobilePhone?: string | undefined;
  landLineNumber?: string | undefined;
  alias?: string | undefined;
};

/** Someone who was invited. `userId` where they are a user too. */
export type ParticipantFacts = {
  id: string;
  name?: string | undefined;
  userId?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
};

/** How to join by an ordinary telephone: the number, and the code that opens this meeting. */
export type DialIn = { extension: string; pin?: string | undefined };

export type MeetingFacts = {
  name: string;
  /** Where it is `scheduled`, a cancellation tells its reader alone that they were taken off it. */
  status: 'scheduled' | 'cancelled';
  description?: string | undefined;
  /** The default language of the meeting. */
  language: string;
  timeZone: string;
  validSince: Date;
  validUntil: Date;
  /** The link of the meeting, or a short one. */
  url: string;
  ddi?: DialIn | undefined;
  participants: readonly ParticipantFacts[];
};

export type TemplateFacts = {
  meeting: MeetingFacts;
  organizer: OrganizerFacts;
  /** The participant to whom it is sent. */
  recipientId: string;
  /** The address or number to which it is sent. */
  party: string;
  action: Action;
};

export type TemplateData = ReturnType<typeof templateData>;

/**
 * What templates may use, each value named here: what a template is given it can send to the recipient. Instants are
 * epoch milliseconds. Of the other participants there are `id` and `name`, of the recipient also `email` and `phone`.
 */
export function templateData({ meeting, organizer, recipientId, party, action }: TemplateFacts) {
  const { participants } = meeting;
  return {
    party,
    action,
    meeting: {
      name: meeting.name,
      description: meeting.description,
      status: meeting.status,
      language: meeting.language,
      timeZone: meeting.timeZone,
      validSince: meeting.validSince.getTime(),
      validUntil: meeting.validUntil.getTime(),
      url: meeting.url,
      ddi: { extension: meeting.ddi?.extension, pin: meeting.ddi?.pin },
      user: userData(organizer),
      // Few templates name all participants, of whom there may be thousands.
      get users() {
        return participants.flatMap(({ userId }) => userId ?? []);
      },
      get participants() {
        return participants.map((participant) => participantData(participant, recipientId));
      },
    },
  };
}

function userData(organizer: OrganizerFacts) {
  return {
    id: organizer.id,
    domain: organizer.domain,
    username: organizer.username,
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
