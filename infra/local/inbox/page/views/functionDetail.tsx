import type { FunctionItem, LogItem } from '../../inbox.ts';
import { plural } from '../entries.tsx';
import { useInboxView } from '../inboxView.ts';
import { fragmentOf } from '../place.ts';
import { formatMoment } from '../times.ts';
import { LevelChip } from './chip.tsx';
import { Heading, Part } from './facts.tsx';
import { RoundIcon } from './lead.tsx';

const linesShown = 20;

/** What a function called, how often, and what it wrote last. */
export function FunctionDetail({ item: { name, total, calls } }: { readonly item: FunctionItem }) {
  const { inbox } = useInboxView();
  const lines = inbox.logs.items.filter(({ functionName }) => functionName === name).slice(0, linesShown);
  return (
    <>
      <Heading lead={<RoundIcon name="functions" />} title={name}>
        <p class="soft">{`${plural(total, 'call')} since the start`}</p>
      </Heading>
      <Part title="Calls">
        <Calls calls={calls} />
      </Part>
      {lines.length > 0 && (
        <Part title="Log">
          <ul class="lines">
            {lines.map((line) => (
              <LogLine key={line.id} line={line} />
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

function Calls({ calls }: Pick<FunctionItem, 'calls'>) {
  const most = Math.max(...calls.map(({ count }) => count));
  return (
    <table class="calls">
      <thead>
        <tr>
          <th scope="col">Service</th>
          <th scope="col">Action</th>
          <th scope="col">Calls</th>
        </tr>
      </thead>
      <tbody>
        {calls.map(({ service, action, count }) => (
          <tr key={`${service}:${action}`}>
            <td>{service}</td>
            <th scope="row">{action}</th>
            <td class="number">
              <meter min={0} max={most} value={count} aria-hidden={true} tabIndex={-1} />
              <span>{count}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LogLine({ line: { id, level, message, at } }: { readonly line: LogItem }) {
  const { state } = useInboxView();
  return (
    <li>
      <LevelChip level={level} />
      <a href={fragmentOf({ section: 'logs', id })} dir="auto">
        {message}
      </a>
      <span class="when">{formatMoment(at, state.now)}</span>
    </li>
  );
}
