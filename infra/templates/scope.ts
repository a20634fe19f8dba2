import { nearestName } from '../settings/nearest.ts';
import { fields } from './fields.ts';

/** A place in the templates' data: its path, and the sample's value there, which shows what lies below it. */
export interface DataPlace {
  readonly path: string;
  readonly value: unknown;
}

/** What a part of a template may name; a place is undefined where only the rendering knows it. */
export interface TemplateScope {
  readonly here: DataPlace | undefined;
  /** What partials and blocks named (`as |participant|`). */
  readonly names: ReadonlyMap<string, DataPlace | undefined>;
  /** What `../` leads to. */
  readonly outer: TemplateScope | undefined;
}

export interface PathMeaning {
  readonly place?: DataPlace | undefined;
  readonly unknown?: string;
}

/** What Handlebars and the rendering give beside the data (`@index`). */
const besideData = ['root', 'index', 'key', 'first', 'last', 'language', 'timeZone'];

/** The place that a path means, or why there is none. */
export function resolvePath(path: hbs.AST.PathExpression, scope: TemplateScope, root: DataPlace): PathMeaning {
  const [first = '', ...rest] = path.parts;
  if (path.data) {
    if (!besideData.includes(first)) return { unknown: `there is no @${first}` };
    return first === 'root' ? resolveBelow(root, rest) : {};
  }
  const from = outerScope(scope, path.depth);
  if (from?.names.has(first)) return resolveBelow(from.names.get(first), rest);
  return resolveBelow(from?.here, path.parts);
}

/** An element of a list, or of what else `{{#each}}` goes through. */
export function elementOf(place: DataPlace | undefined): DataPlace | undefined {
  if (!place || !Array.isArray(place.value)) return undefined;
  const [sample] = place.value;
  return { path: place.path, value: sample };
}

function outerScope(scope: TemplateScope | undefined, levels: number): TemplateScope | undefined {
  return levels > 0 ? outerScope(scope?.outer, levels - 1) : scope;
}

function resolveBelow(place: DataPlace | undefined, parts: readonly string[]): PathMeaning {
  const [part, ...rest] = parts;
  if (!place || part === undefined) return { place };
  if (Array.isArray(place.value))
    return /^\d+$/.test(part) ? resolveBelow(elementOf(place), rest) : unknownUnlessLength(place, part);
  const inside: ReadonlyMap<string, unknown> = new Map(isObject(place.value) ? Object.entries(place.value) : []);
  if (!inside.has(part)) return isObject(place.value) ? unknownField(place, part) : unknownUnlessLength(place, part);
  return resolveBelow({ path: joinPath(place.path, part), value: inside.get(part) }, rest);
}

function unknownUnlessLength(place: DataPlace, part: string): PathMeaning {
  return part === 'length' ? {} : unknownField(place, part);
}

function unknownField({ path, value }: DataPlace, part: string): PathMeaning {
  const near = nearestName(part, isObject(value) ? Object.keys(value) : []);
  const meant = near ? joinPath(path, near) : Object.keys(fields).find((field) => field.endsWith(`.${part}`));
  return { unknown: `there is no field ${joinPath(path, part)}${meant ? `, did you mean ${meant}?` : ''}` };
}

function joinPath(path: string, part: string): string {
  return path ? `${path}.${part}` : part;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
