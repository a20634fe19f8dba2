/** A user of the service who is invited as such, by whoever reads the directory. */
export interface InvitedUser {
  readonly userId: string;
  /** What they are called; it is not sent, for the directory knows it. */
  readonly name: string;
  readonly isCohost: boolean;
}

/** As the API takes them. */
export interface InvitedUserInput {
  readonly userId: string;
  readonly role?: 'cohost';
}

export function inputOfUser({ userId, isCohost }: InvitedUser): InvitedUserInput {
  return { userId, ...(isCohost ? { role: 'cohost' } : {}) };
}
