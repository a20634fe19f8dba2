/** An item's attributes, as far as they are looked at. */
type Image = Readonly<Record<string, { readonly S?: string | undefined; readonly BOOL?: boolean | undefined }>>;

/** A record of the table's stream, as far as it decides who is called with it. */
export interface StreamChange {
  readonly eventName?: string | undefined;
  readonly dynamodb?:
    | {
        readonly Keys?: Image | undefined;
        readonly NewImage?: Image | undefined;
        readonly OldImage?: Image | undefined;
      }
    | undefined;
}

/** As the filter of the function that follows meetings (`infra/meetingChanges.ts`). */
export function isMeetingChange({ eventName, dynamodb }: StreamChange): boolean {
  const sk = dynamodb?.Keys?.sk?.S ?? '';
  if (eventName === 'REMOVE') return false;
  if (sk.startsWith('DELIVERY#')) return dynamodb?.NewImage?.state?.S === 'failed';
  return sk === 'MEETING' || sk === 'UNREACHABLE' || sk.startsWith('WAITING#') || sk.startsWith('ANSWER#');
}

/** As the filters of the function that follows users (`infra/users.ts`). */
export function isUserChange({ dynamodb }: StreamChange): boolean {
  const sk = dynamodb?.Keys?.sk?.S ?? '';
  if (sk === 'USER') return ['erasing', 'newAddress'].some((mark) => dynamodb?.NewImage?.[mark]?.BOOL !== undefined);
  return sk.startsWith('DEVICE#') && dynamodb?.OldImage?.endpointArn?.S !== undefined;
}
