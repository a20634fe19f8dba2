import type { DeniedItem, LogItem } from '../../inbox.ts';
import { useInboxView } from '../inboxView.ts';
import { fragmentOf } from '../place.ts';
import { formatMoment } from '../times.ts';
import { LevelChip } from './chip.tsx';
import { Facts, Heading, Part, Source } from './facts.tsx';
import { RoundIcon } from './lead.tsx';

/** A line of the log with all that it says. */
export function LogDetail({ item: { level, message, functionName, at, details } }: { readonly item: LogItem }) {
  const { inbox, state } = useInboxView();
  const isCaller = inbox.functions.items.some(({ name }) => name === functionName);
  const link = <a href={fragmentOf({ section: 'functions', id: functionName })}>{functionName}</a>;
  return (
    <>
      <Heading lead={<RoundIcon name="logs" />} title={message}>
        <p class="chips">
          <LevelChip level={level} />
        </p>
      </Heading>
      <Facts
        of={[
          ['Function', isCaller ? link : functionName],
          ['Time', at && `${formatMoment(at, state.now)} (${at})`],
        ]}
      />
      {details !== '' && (
        <Part title="Fields">
          <Source label="Fields of the line">{details}</Source>
        </Part>
      )}
    </>
  );
}

/** A call that its function's role does not allow. */
export function DeniedDetail({ item: { role, action, resource } }: { readonly item: DeniedItem }) {
  return (
    <>
      <Heading lead={<RoundIcon name="denied" />} title={action}>
        <p class="soft">was denied, as AWS would: the role does not allow it</p>
      </Heading>
      <Facts
        of={[
          ['Role', <code key="role">{role}</code>],
          ['Resource', <code key="resource">{resource}</code>],
        ]}
      />
    </>
  );
}
