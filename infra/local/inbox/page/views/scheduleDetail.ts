import { type Content, h } from '../../../../../functions/pages/shared/markup.ts';
import type { ScheduleItem } from '../../inbox.ts';
import { meetingName } from '../entries.ts';
import type { Scene } from '../state.ts';
import { moment, timeLeft } from '../times.ts';
import { facts, heading, part, source } from './facts.ts';
import { pictured } from './lead.ts';
import { meetingLink } from './meetingLink.ts';

/** A schedule with the time that is left. */
export function scheduleDetail(schedule: ScheduleItem, { state, inbox }: Scene): Content {
  const { id, dueAt, firedAt, isEnabled, expression, timeZone, target, input, meetingId } = schedule;
  const when = firedAt === undefined ? timeLeft(dueAt, state.now) : `fired ${moment(firedAt, state.now)}`;
  return [
    heading(
      pictured('schedules'),
      meetingName(inbox, meetingId) ?? target,
      h('p', { class: 'soft' }, `invokes ${target} at ${moment(dueAt, state.now)}`),
    ),
    h('p', { class: 'time-left', role: 'timer' }, isEnabled ? when : 'disabled'),
    facts([
      ['Meeting', meetingLink(inbox, meetingId)],
      ['Expression', h('code', {}, expression)],
      ['Time zone', timeZone],
      ['ARN', h('code', {}, id)],
    ]),
    part('Input', source(indented(input), 'Input of the schedule')),
  ];
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
