import { createHash } from 'node:crypto';
import type { CallCount } from '../aws/calls.ts';
import type { LogLine } from '../functions/logs.ts';
import type { Denied } from '../iam/ledger.ts';
import type { Schedule } from '../schedules/schedule.ts';
import type { DeniedItem, FunctionItem, LogItem, LogLevel, ScheduleItem } from './inbox.ts';

/** @param isMeeting says whether a meeting has that id: its schedule is named after it */
export function scheduleItem(schedule: Schedule, isMeeting: (id: string) => boolean): ScheduleItem {
  const { arn, Name, Target, dueAt, firedAt } = schedule;
  return {
    id: arn,
    dueAt: new Date(dueAt).toISOString(),
    firedAt: firedAt === undefined ? undefined : new Date(firedAt).toISOString(),
    isEnabled: schedule.State === 'ENABLED',
    expression: schedule.ScheduleExpression,
    timeZone: schedule.ScheduleExpressionTimezone,
    target: Target.Arn.split(':').at(-1) ?? Target.Arn,
    input: Target.Input ?? '{}',
    meetingId: isMeeting(Name) ? Name : undefined,
  };
}

/** The functions that called something, by name. */
export function viewFunctions(counts: readonly CallCount[]): FunctionItem[] {
  const names = [...new Set(counts.map(({ functionName }) => functionName))].sort();
  return names.map((name) => {
    const own = counts.filter(({ functionName }) => functionName === name);
    const calls = own.map(({ service, action, count }) => ({ service, action, count }));
    return {
      name,
      total: calls.reduce((sum, { count }) => sum + count, 0),
      calls: calls.sort((one, other) => other.count - one.count || one.action.localeCompare(other.action)),
    };
  });
}

export function viewDenied({ role, action, resource }: Denied): DeniedItem {
  return { id: `${role} ${action} ${resource}`, role, action, resource };
}

/** The newest first; a line without a time of its own stays with the one that its function wrote before. */
export function viewLogs(lines: readonly LogLine[]): LogItem[] {
  const timed = lines.map((line) => ({ line, at: textOf(line.fields.time) }));
  let before: { functionName: string; at: string } | undefined;
  const ordered = timed.map(({ line, at }) => {
    const { functionName } = line;
    const sortedBy = at ?? (before?.functionName === functionName ? before.at : '');
    before = { functionName, at: sortedBy };
    return { item: viewLine(line, at), sortedBy };
  });
  return withOwnIds(ordered.sort((one, other) => other.sortedBy.localeCompare(one.sortedBy)).map(({ item }) => item));
}

function viewLine({ functionName, text, fields }: LogLine, at: string | undefined): LogItem {
  const { level, message, time: _, function: __, ...rest } = fields;
  return {
    id: createHash('sha256').update(`${functionName} ${text}`).digest('base64url').slice(0, 12),
    functionName,
    at,
    level: levelOf(level),
    message: textOf(message) ?? text,
    brief: oneLineOf(rest),
    details: Object.keys(rest).length === 0 ? '' : JSON.stringify(rest, null, 2),
  };
}

function oneLineOf(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .filter(([name, value]) => !name.endsWith('Id') && ['string', 'number', 'boolean'].includes(typeof value))
    .map(([, value]) => String(value))
    .join(' · ');
}

/** Lines that say the same at the same moment are told apart by a number. */
function withOwnIds(items: readonly LogItem[]): LogItem[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const count = (seen.get(item.id) ?? 0) + 1;
    seen.set(item.id, count);
    return count === 1 ? item : { ...item, id: `${item.id}-${count}` };
  });
}

const levels: Readonly<Record<string, LogLevel>> = {
  ...{ trace: 'debug', debug: 'debug', info: 'info', warn: 'warn', error: 'error', critical: 'error', fatal: 'error' },
};

function levelOf(level: unknown): LogLevel {
  return levels[String(level).toLowerCase()] ?? 'info';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
