import { useConsole } from '../app/consoleView.ts';

interface CohostCheckProps {
  /** Who. */
  readonly name: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Whether somebody is co-host. */
export function CohostCheck({ name, checked, onChange }: CohostCheckProps) {
  const { form } = useConsole().words;
  return (
    <label class="cohost">
      <input
        type="checkbox"
        aria-label={form.cohostNamed(name)}
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{form.cohost}</span>
    </label>
  );
}
