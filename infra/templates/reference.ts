import { email } from '../../functions/deliveries/channels/email/email.ts';
import { fields, helpers } from './fields.ts';
import { fullSample } from './sample.ts';

/** What a template may use, with the sample's values and what they are. */
export function dataTable(): string[] {
  const [sample, organizers] = [false, true].map((toOrganizer): unknown =>
    fullSample({ channel: email, action: 'invite', toOrganizer }),
  );
  return columns(
    Object.entries(fields).map(([path, meaning]) => [
      path,
      written(valueAt(sample, path) ?? valueAt(organizers, path)),
      meaning,
    ]),
  );
}

export function helperTable(): string[] {
  return columns(Object.entries(helpers).map(([written, meaning]) => [written, meaning]));
}

function valueAt(sample: unknown, path: string): unknown {
  let value = sample;
  for (const part of path.split('.')) {
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === part)?.[1]
        : undefined;
  }
  return value;
}

function written(value: unknown): string {
  return typeof value === 'string' ? value.split('\n').join(' ') : JSON.stringify(value);
}

const widest = 36;

function columns(rows: readonly string[][]): string[] {
  const cut = rows.map((row) => row.map((cell, index) => (index < row.length - 1 ? cutCell(cell) : cell)));
  const widths = (cut[0] ?? []).map((_, index) => Math.max(...cut.map((row) => row[index]?.length ?? 0)));
  return cut.map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  '));
}

function cutCell(cell: string): string {
  return cell.length > widest + 2 ? `${cell.slice(0, widest)}…` : cell;
}
