/** What the bundler makes of the templates' folder: every template compiled, so that no function carries a compiler. */
declare module 'virtual:templates' {
  /** A compiled template, for `template()` of `handlebars/runtime`. */
  type Compiled = object;

  /** In the order of the setting; the first one is for people whose language has no templates. */
  export const languages: readonly string[];
  /** By channel, language and part. */
  export const templates: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Compiled>>>>>>;
  /** What html templates include with `{{> name}}`. */
  export const partials: Readonly<Record<string, Compiled>>;
  /** Of the letters that tell organizers of their own meetings: the operator's, or the service's where they have none. */
  export const organizer: {
    readonly place: string;
    readonly languages: readonly string[];
    readonly templates: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Compiled>>>>>>;
    readonly partials: Readonly<Record<string, Compiled>>;
  };
  /** The service's own, for letters that an operator's do not tell from another; absent where theirs tell all apart. */
  export const substitutes:
    | {
        /** The actions, by channel and language. */
        readonly untold: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
        readonly languages: readonly string[];
        readonly templates: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Compiled>>>>>>;
        readonly partials: Readonly<Record<string, Compiled>>;
      }
    | undefined;
}
