import type { ComponentChildren } from 'preact';

interface FactsProps {
  /** What is undefined, empty or false is left out. */
  readonly of: readonly (readonly [name: string, value: ComponentChildren])[];
}

/** Names with what they stand for. */
export function Facts({ of }: FactsProps) {
  const known = of.filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return (
    <dl class="facts">
      {known.map(([name, value], index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface SourceProps {
  readonly label: string;
  readonly children: string;
}

/** Text as it is written, which may be scrolled. */
export function Source({ label, children }: SourceProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too
    <pre class="source" tabIndex={0} role="region" aria-label={label}>
      {children}
    </pre>
  );
}

interface PartProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

/** A part of what is shown, under a title. */
export function Part({ title, children }: PartProps) {
  return (
    <section class="part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface HeadingProps {
  readonly lead: ComponentChildren;
  readonly title: string;
  /** What stands below the title. */
  readonly children: ComponentChildren;
}

/** The head of what is shown: its title, which takes the focus when it is opened. */
export function Heading({ lead, title, children }: HeadingProps) {
  return (
    <header class="heading">
      {lead}
      <div>
        <h2 id="detail-title" tabIndex={-1} dir="auto">
          {title}
        </h2>
        {children}
      </div>
    </header>
  );
}
