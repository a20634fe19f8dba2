import { type Content, h } from '../../../../../functions/pages/shared/markup.ts';
import type { DeniedItem, LogItem } from '../../inbox.ts';
import { fragmentOf } from '../place.ts';
import type { Scene } from '../state.ts';
import { moment } from '../times.ts';
import { levelChip } from './chip.ts';
import { facts, heading, part, source } from './facts.ts';
import { pictured } from './lead.ts';

/** A line of the log with all that it says. */
export function logDetail({ level, message, functionName, at, details }: LogItem, { inbox, state }: Scene): Content {
  const isCaller = inbox.functions.items.some(({ name }) => name === functionName);
  const link = h('a', { href: fragmentOf({ section: 'functions', id: functionName }) }, functionName);
  return [
    heading(pictured('logs'), message, h('p', { class: 'chips' }, levelChip(level))),
    facts([
      ['Function', isCaller ? link : functionName],
      ['Time', at && `${moment(at, state.now)} (${at})`],
    ]),
    details !== '' && part('Fields', source(details, 'Fields of the line')),
  ];
}

/** A call that its function's role does not allow. */
export function deniedDetail({ role, action, resource }: DeniedItem): Content {
  return [
    heading(
      pictured('denied'),
      action,
      h('p', { class: 'soft' }, 'was denied, as AWS would: the role does not allow it'),
    ),
    facts([
      ['Role', h('code', {}, role)],
      ['Resource', h('code', {}, resource)],
    ]),
  ];
}
