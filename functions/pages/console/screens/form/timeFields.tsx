import { useMemo } from 'preact/hooks';
import { IconButton } from '../../../shared/views/button.tsx';
import { timesIn } from '../../../shared/words/times.ts';
import { useConsole } from '../../app/consoleView.ts';
import { type Draft, type Faults, spanOf } from '../../draft/draft.ts';
import { placeOf, wallTimeIn, zonesWith } from '../../times/zones.ts';
import { described, Fault, Field, TextField } from '../../views/field.tsx';

interface TimeFieldsProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly faults: Faults;
}

/** Minutes that are offered. */
const lengths = [15, 30, 45, 60, 90, 120, 180, 240];

/** When it is, in its zone, and what clocks elsewhere show then. */
export function TimeFields({ draft, change, faults }: TimeFieldsProps) {
  const { words } = useConsole();
  const { form } = words;
  const { minutes } = draft;
  const offered =
    minutes === undefined || lengths.includes(minutes) ? lengths : [...lengths, minutes].sort((a, b) => a - b);
  const choose = (value: string) => {
    if (value !== '') return change({ minutes: Number(value) });
    const end = spanOf(draft)?.end;
    const { date, time } = end === undefined ? draft : wallTimeIn(draft.zone, end);
    change({ minutes: undefined, endDate: date, endTime: time });
  };
  return (
    <section class="card">
      <div class="columns">
        <WallTimeFields
          ids={['date', 'time']}
          labels={[form.date, form.time]}
          value={draft}
          onInput={change}
          fault={faults['/validSince']}
        />
        <Field id="length" label={form.length}>
          <select id="length" value={minutes ?? ''} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {lengthText(one, words)}
              </option>
            ))}
            <option value="">{form.until}</option>
          </select>
        </Field>
      </div>
      {minutes === undefined && (
        <div class="columns">
          <WallTimeFields
            ids={['end-date', 'end-time']}
            labels={[form.endDate, form.endTime]}
            value={{ date: draft.endDate, time: draft.endTime }}
            onInput={({ date = draft.endDate, time = draft.endTime }) => change({ endDate: date, endTime: time })}
            fault={faults['/validUntil']}
          />
        </div>
      )}
      {minutes !== undefined && <Fault id="length" fault={faults['/validUntil']} />}
      <Field id="zone" label={form.zone} fault={faults['/timeZone']}>
        <ZoneSelect id="zone" value={draft.zone} fault={faults['/timeZone']} onChange={(zone) => change({ zone })} />
      </Field>
      <Elsewhere draft={draft} change={change} />
    </section>
  );
}

interface WallTimeFieldsProps {
  readonly ids: readonly [date: string, time: string];
  readonly labels: readonly [date: string, time: string];
  readonly value: { readonly date: string; readonly time: string };
  readonly onInput: (part: { readonly date?: string; readonly time?: string }) => void;
  /** Of both; it stands at the date. */
  readonly fault?: string | undefined;
}

/** A day and a time on it, as clocks show them. */
function WallTimeFields({ ids, labels, value, onInput, fault }: WallTimeFieldsProps) {
  return (
    <>
      <TextField
        id={ids[0]}
        type="date"
        label={labels[0]}
        value={value.date}
        onInput={(date) => onInput({ date })}
        fault={fault}
        required
      />
      <TextField
        id={ids[1]}
        type="time"
        label={labels[1]}
        value={value.time}
        onInput={(time) => onInput({ time })}
        required
      />
    </>
  );
}

function lengthText(
  minutes: number,
  { form }: { readonly form: { minutes: (n: number) => string; hours: (n: number) => string } },
) {
  if (minutes < 60) return form.minutes(minutes);
  const rest = minutes % 60;
  const hours = form.hours(Math.floor(minutes / 60));
  return rest === 0 ? hours : `${hours} ${form.minutes(rest)}`;
}

interface ZoneSelectProps {
  readonly id: string;
  readonly value: string;
  readonly fault?: string | undefined;
  /** What stands for no zone; absent where there has to be one. */
  readonly none?: string;
  readonly onChange: (zone: string) => void;
}

function ZoneSelect({ id, value, fault, none, onChange }: ZoneSelectProps) {
  const { words, settings, ownZone } = useConsole();
  const near = [...new Set([ownZone, settings.timeZone])];
  const all = useMemo(() => zonesWith(value === '' ? ownZone : value), [value, ownZone]);
  const option = (zone: string) => (
    <option key={zone} value={zone}>
      {zone.replaceAll('_', ' ')}
    </option>
  );
  return (
    <select {...described(id, { fault })} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      {none !== undefined && <option value="">{none}</option>}
      <optgroup label={words.form.yourZone}>{near.map(option)}</optgroup>
      <optgroup label={words.form.allZones}>{all.filter((zone) => !near.includes(zone)).map(option)}</optgroup>
    </select>
  );
}

/** The same moment in other places. */
function Elsewhere({ draft, change }: Pick<TimeFieldsProps, 'draft' | 'change'>) {
  const { words, ownZone } = useConsole();
  const { form } = words;
  const span = spanOf(draft);
  const places = [...new Set([...(ownZone === draft.zone ? [] : [ownZone]), ...draft.places])];
  return (
    <div class="elsewhere">
      <Field id="place" label={form.elsewhere}>
        <ZoneSelect
          id="place"
          value=""
          none={form.addPlace}
          onChange={(zone) => zone !== '' && change({ places: [...new Set([...draft.places, zone])] })}
        />
      </Field>
      {span !== undefined && places.length > 0 && (
        <ul class="places">
          {places.map((zone) => (
            <li key={zone}>
              <LocalTime zone={zone} start={span.start} end={span.end} />
              <span class="soft">
                {placeOf(zone)}
                {zone === ownZone && ` (${form.yourTime})`}
              </span>
              {draft.places.includes(zone) && (
                <IconButton
                  icon="close"
                  label={form.removePlace(placeOf(zone))}
                  onClick={() => change({ places: draft.places.filter((one) => one !== zone) })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function LocalTime({ zone, start, end }: { readonly zone: string; readonly start: number; readonly end: number }) {
  const { tag } = useConsole();
  const times = timesIn(tag, zone);
  return (
    <strong>
      {times.span(new Date(start).toISOString(), new Date(end).toISOString())}, {times.date(start)}
    </strong>
  );
}
