import type { ComponentChildren } from 'preact';
import { Icon } from '../../shared/views/icon.tsx';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with what is in it. */
  readonly fault?: string | undefined;
  readonly children: ComponentChildren;
}

/** A label with what it is of, what to know about it, and what is wrong with it. */
export function Field({ id, label, hint, fault, children }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Fault id={id} fault={fault} />
    </div>
  );
}

export function Fault({ id, fault }: { readonly id: string; readonly fault: string | undefined }) {
  if (fault === undefined) return null;
  return (
    <p class="fault" id={`${id}-fault`}>
      <Icon name="notice" />
      <span>{fault}</span>
    </p>
  );
}

interface Described {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

/** What ties a control to its hint and its fault, for who hears them. */
export function described(
  id: string,
  { hint, fault }: { readonly hint?: string | undefined; readonly fault?: string | undefined },
): Described {
  const by = [fault !== undefined && `${id}-fault`, hint !== undefined && `${id}-hint`].filter(Boolean).join(' ');
  return {
    id,
    ...(by === '' ? {} : { 'aria-describedby': by }),
    ...(fault === undefined ? {} : { 'aria-invalid': true }),
  };
}

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: 'text' | 'date' | 'time' | 'tel' | 'search';
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly required?: boolean;
  readonly autocomplete?: string;
}

export function TextField({
  id,
  label,
  value,
  onInput,
  type = 'text',
  hint,
  fault,
  required,
  autocomplete = 'off',
}: TextFieldProps) {
  const shared = {
    ...described(id, { hint, fault }),
    value,
    autocomplete,
    ...(required ? { 'aria-required': true } : {}),
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => onInput(currentTarget.value),
  };
  return (
    <Field id={id} label={label} hint={hint} fault={fault}>
      {type === 'date' && <input type="date" {...shared} />}
      {type === 'time' && <input type="time" {...shared} />}
      {type === 'tel' && <input type="tel" {...shared} />}
      {type === 'search' && <input type="search" {...shared} />}
      {type === 'text' && <input type="text" {...shared} />}
    </Field>
  );
}

interface SwitchFieldProps {
  readonly id: string;
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Something that holds or does not. */
export function CheckField({ id, label, checked, onChange }: SwitchFieldProps) {
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <label for={id}>{label}</label>
    </div>
  );
}
