import type { Key, Row } from '../table.ts';

/** A row that this release cannot read: another release wrote it. It names the row by its ids, and no address or text. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow';
  readonly key: Key;

  constructor(row: Row, fields: readonly string[]) {
    const key = { pk: String(row.pk), sk: String(row.sk) };
    const place = idsOnly.test(key.pk) ? `${key.pk} ${key.sk}` : key.pk.replace(/#.*/s, '');
    super(`Cannot read ${fields.join(', ')} of the row ${place}`);
    this.key = key;
  }
}

/** Keys that hold ids; others hold addresses, numbers or secrets. */
const idsOnly = /^(?:MEETING|USER)#/;
