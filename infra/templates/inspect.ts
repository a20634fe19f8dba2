import Handlebars from 'handlebars';
import { templateHelpers } from '../../functions/deliveries/templates/templateHelpers.ts';
import { nearestName } from '../settings/nearest.ts';
import { faultsOfOptions } from './intlOptions.ts';
import type { Program } from './parse.ts';
import { type DataPlace, elementOf, resolvePath, type TemplateScope } from './scope.ts';
import {
  formatPosition,
  type HelperCall,
  hasArguments,
  type Inclusion,
  isLiteral,
  isPath,
  isText,
  pairsOf,
  partialNameOf,
} from './tree.ts';

export interface Findings {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
  readonly used: ReadonlySet<string>;
}

export interface Surroundings {
  /** What templates are given, of which every field holds a value. */
  readonly data: unknown;
  /** What `{{> name}}` may include; undefined for a template that does not escape, since partials do. */
  readonly partials: ReadonlyMap<string, Program> | undefined;
}

/** Looks for what would fail when a mail is due, and for what Handlebars would leave out without a word. */
export function inspectTemplate(program: Program, surroundings: Surroundings): Findings {
  const inspection = new Inspection(surroundings);
  inspection.accept(program);
  return { faults: [...inspection.faults], warnings: [...inspection.warnings], used: inspection.used };
}

/** How many arguments each takes. */
const argumentsOf: Readonly<Record<keyof typeof templateHelpers, { least: number; most: number }>> = {
  formatDate: { least: 1, most: 1 },
  formatTime: { least: 1, most: 1 },
  formatSpan: { least: 2, most: 2 },
  relativeTime: { least: 1, most: 1 },
  is: { least: 2, most: Number.POSITIVE_INFINITY },
  lines: { least: 1, most: 1 },
  brief: { least: 2, most: 2 },
  isolate: { least: 1, most: 1 },
};
const takesOptions = ['formatDate', 'formatTime'];
const ofHandlebars = ['if', 'unless', 'each', 'with', 'lookup', 'log'];
const deepestPartial = 20;

class Inspection extends Handlebars.Visitor {
  readonly faults = new Set<string>();
  readonly warnings = new Set<string>();
  readonly used = new Set<string>();
  readonly #root: DataPlace;
  readonly #partials: Surroundings['partials'];
  readonly #inline = new Map<string, Program>();
  #scope: TemplateScope;
  #depth = 0;

  constructor({ data, partials }: Surroundings) {
    super();
    this.#root = { path: '', value: data };
    this.#partials = partials;
    this.#scope = { here: this.#root, names: new Map(), outer: undefined };
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    this.#placeOf(path);
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    const { path } = mustache;
    if (isPath(path) && (hasArguments(mustache) || isHelper(path.original))) this.#call(mustache, path.original);
    else this.accept(path);
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.#call(expression, expression.path.original);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const name = block.path.original;
    if (name === 'each' || name === 'with') this.#inside(block, this.#placeOf(block.params[0]));
    else if (name === 'if' || name === 'unless') this.#branches(block);
    else if (name in templateHelpers) this.#fault(block, `${name} begins no block: write {{#if (${name} …)}}`);
    else if (hasArguments(block)) this.#call(block, name);
    else this.#inside(block, this.#placeOf(block.path));
  }

  override DecoratorBlock({ params: [name], program }: hbs.AST.DecoratorBlock): void {
    if (name && isText(name)) this.#inline.set(name.value, program);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    this.#include(partial);
  }

  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    const outer = this.#inline.get('@partial-block');
    for (const statement of partial.program.body) if (statement.type === 'DecoratorBlock') this.accept(statement);
    this.#inline.set('@partial-block', partial.program);
    this.#include(partial, partial.program);
    if (outer) this.#inline.set('@partial-block', outer);
  }

  #call(call: HelperCall, name: string): void {
    if (isHelper(name)) this.#checkArguments(call, name);
    else this.#fault(call, `there is no helper ${name}${didYouMean(name)}`);
    if (takesOptions.includes(name)) this.#checkOptions(call, name);
    for (const argument of call.params) this.accept(argument);
    for (const { value } of pairsOf(call)) this.accept(value);
  }

  #checkArguments(call: HelperCall, name: string): void {
    const allowed = Object.entries(argumentsOf).find(([helper]) => helper === name)?.[1];
    if (!allowed || (call.params.length >= allowed.least && call.params.length <= allowed.most)) return;
    const number = allowed.least === allowed.most ? allowed.least : `at least ${allowed.least}`;
    this.#fault(call, `${name} takes ${number} argument${number === 1 ? '' : 's'}, not ${call.params.length}`);
  }

  #checkOptions(call: HelperCall, name: string): void {
    const pairs = pairsOf(call);
    const given = new Map(pairs.flatMap(({ key, value }) => (isLiteral(value) ? [[key, value.value] as const] : [])));
    const faults = faultsOfOptions(
      pairs.map(({ key }) => key),
      given,
    );
    for (const fault of faults) this.#fault(call, `${name}: ${fault}`);
  }

  /** A block whose inside may mean another place: an element of a list, or the thing itself. */
  #inside(block: hbs.AST.BlockStatement, place: DataPlace | undefined): void {
    const here = Array.isArray(place?.value) ? elementOf(place) : place;
    const [name] = block.program?.blockParams ?? [];
    const names = new Map(name === undefined ? [] : [[name, here]]);
    this.#within({ here, names, outer: this.#scope }, block.program);
    this.accept(block.inverse);
  }

  #branches(block: hbs.AST.BlockStatement): void {
    for (const argument of block.params) this.accept(argument);
    this.accept(block.program);
    this.accept(block.inverse);
  }

  #include(partial: Inclusion, otherwise?: Program): void {
    const name = partialNameOf(partial);
    if (name === undefined) return;
    const included = this.#inline.get(name) ?? this.#partials?.get(name) ?? otherwise;
    if (!included) this.#fault(partial, this.#whyNoPartial(name));
    else if (this.#depth === deepestPartial) this.#fault(partial, `${name} includes itself`);
    else this.#descend(partial, included);
  }

  #descend(partial: Inclusion, included: Program): void {
    const [context] = partial.params;
    const here = context ? this.#placeOf(context) : this.#scope.here;
    const given = pairsOf(partial).map(({ key, value }) => [key, this.#placeOf(value)] as const);
    const names = new Map([...(context ? [] : this.#scope.names), ...given]);
    this.#depth += 1;
    this.#within({ here, names, outer: this.#scope }, included);
    this.#depth -= 1;
  }

  #whyNoPartial(name: string): string {
    if (!this.#partials) return `{{> ${name}}} is for html.hbs alone, where text is escaped`;
    return `there is no partial ${name}: it would be the file email/${name}.hbs`;
  }

  #within(scope: TemplateScope, program: Program): void {
    const before = this.#scope;
    this.#scope = scope;
    this.accept(program);
    this.#scope = before;
  }

  /** The place that an expression means, where it means one that is known; of other expressions the parts are inspected. */
  #placeOf(expression: hbs.AST.Expression | undefined): DataPlace | undefined {
    if (!expression) return undefined;
    if (!isPath(expression)) {
      this.accept(expression);
      return undefined;
    }
    const { place, unknown } = resolvePath(expression, this.#scope, this.#root);
    if (unknown) this.warnings.add(`${formatPosition(expression)}: ${unknown}`);
    if (place) this.used.add(place.path);
    return place;
  }

  #fault(node: hbs.AST.Node, sentence: string): void {
    this.faults.add(`${formatPosition(node)}: ${sentence}`);
  }
}

function didYouMean(name: string): string {
  const near = nearestName(name, [...Object.keys(templateHelpers), ...ofHandlebars]);
  return near ? `, did you mean ${near}?` : '';
}

function isHelper(name: string): boolean {
  return name in templateHelpers || ofHandlebars.includes(name);
}
