import type { HttpRequest } from '../../runtime/http.ts';
import { type Attendance, type Span, secondsOf } from './attendance.ts';

const columns = ['kind', 'id', 'name', 'email', 'phone', 'seen', 'from', 'until', 'seconds'] as const;

type Line = { readonly [Column in (typeof columns)[number]]?: string | undefined };

/** Whether the attendance is asked for as a file. */
export function wantsFile({ headers }: Pick<HttpRequest, 'headers'>): boolean {
  return /\btext\/csv\b/i.test(headers.accept ?? '');
}

/** Tells spreadsheets that the file is UTF-8: without it they take it for what their machine's language had of old. */
const byteOrderMark = '\uFEFF';

/**
 * The attendance of a meeting as a file for spreadsheets (RFC 4180): a line for each visit, and one for each participant
 * who was not seen.
 */
export function attendanceFile({ organizer, participants, others }: Attendance): string {
  const lines: Line[] = [
    ...linesOf({ kind: 'organizer' }, organizer),
    ...participants.flatMap(({ person: { id, name, email, phone }, visits }) =>
      linesOf({ kind: 'participant', id, name, email, phone }, visits),
    ),
    ...others.flatMap(({ name, visits }) => linesOf({ kind: 'other', name }, visits)),
  ];
  const rows = [[...columns], ...lines.map((line) => columns.map((column) => line[column] ?? ''))];
  return byteOrderMark + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function linesOf(who: Line, visits: readonly Span[]): Line[] {
  if (visits.length === 0) return [{ ...who, seen: 'no' }];
  return visits.map((visit) => ({
    ...who,
    seen: 'yes',
    from: visit.from.toISOString(),
    until: visit.isPresent ? '' : visit.until.toISOString(),
    seconds: String(secondsOf([visit])),
  }));
}

/** Spreadsheets take what begins so for a formula (OWASP, "CSV Injection"): an apostrophe has them take it for text. */
const formula = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
