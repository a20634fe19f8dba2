import type { Meeting } from '../meetings/meeting.ts';
import { log, withoutAddresses } from '../runtime/log.ts';
import { isolate } from '../runtime/text/isolate.ts';
import { organizerParticipantId } from './delivery.ts';
import type { Job } from './job.ts';
import type { TemplateError } from './templates/rendering.ts';

/** Says, in the words that operators know, that a person was not reached; the reason is SES's or SNS's own name for it. */
export function logFailure({ kind, participantId, channel }: Job, { id, name }: Meeting, reason: string): void {
  const fields = { meetingId: id, participantId, channel, reason };
  if (kind === 'reminder') log.error(`Unable to send reminder for meeting: ${id}. Cause: ${reason}`, fields);
  else if (participantId === organizerParticipantId && kind === 'invitation')
    log.warn('Organizer not told of their own meeting', fields);
  else if (kind === 'waiting') log.warn('Organizer not told that somebody waits', fields);
  else if (kind === 'unreachable') log.warn('Organizer not told who cannot be reached', fields);
  else
    log.warn(
      `Failed to invite participant ${participantId} to meeting ${isolate(withoutAddresses(name))}(${id})`,
      fields,
    );
}

/** Says that there is no template for a job, or none that can make anything of its meeting. */
export function logTemplate({ meetingId, participantId, channel }: Job, { message }: TemplateError): void {
  const fields = { meetingId, participantId, channel };
  log.warn(`unable to load resource for ${channel} (${withoutAddresses(message)})`, fields);
}
