/** What a template's intrinsic functions ask for. Each throws for a name that it does not know. */
export interface IntrinsicScope {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
}

/** What `Ref: AWS::NoValue` gives: the property or element that holds it is left out. */
export const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: IntrinsicScope) => unknown;

/**
 * Gives a template's value with its intrinsic functions carried out.
 *
 * @throws for an intrinsic function that is not known, with its name
 */
export function resolveIntrinsics(value: unknown, scope: IntrinsicScope): unknown {
  if (Array.isArray(value))
    return value.map((element) => resolveIntrinsics(element, scope)).filter((e) => e !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isIntrinsicName(only[0]))
    return callIntrinsic(only[0], only[1], scope);
  const resolved = entries.map(([key, inner]) => [key, resolveIntrinsics(inner, scope)] as const);
  return Object.fromEntries(resolved.filter(([, inner]) => inner !== noValue));
}

function isIntrinsicName(name: string): boolean {
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');
}

function callIntrinsic(name: string, argument: unknown, scope: IntrinsicScope): unknown {
  // An IAM statement's `Condition` block looks like the intrinsic, but its argument is no name.
  if (name === 'Condition' && typeof argument !== 'string') return { Condition: resolveIntrinsics(argument, scope) };
  const intrinsic = intrinsics[name];
  if (intrinsic === undefined) throw new Error(`The local run does not know the intrinsic function ${name}`);
  return intrinsic(argument, scope);
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(textOf(name, 'Ref')),
  Condition: (name, scope) => scope.condition(textOf(name, 'Condition')),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : listOf(argument, scope);
    return scope.attribute(textOf(logicalId, 'Fn::GetAtt'), attribute.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = listOf(argument, scope);
    return listOf(parts, scope).join(textOf(separator, 'Fn::Join'));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = listOf(argument, scope);
    return textOf(text, 'Fn::Split').split(textOf(separator, 'Fn::Split'));
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = listOf(argument, scope);
    const chosen = listOf(list, scope)[Number(index)];
    if (chosen === undefined) throw new Error(`Fn::Select finds nothing at ${String(index)}`);
    return chosen;
  },
  'Fn::Sub': substitute,
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = listOf(argument, scope).map((name) => textOf(name, 'Fn::FindInMap'));
    return scope.mapping(map ?? '', first ?? '', second ?? '');
  },
  'Fn::Base64': (argument, scope) =>
    Buffer.from(textOf(resolveIntrinsics(argument, scope), 'Fn::Base64')).toString('base64'),
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(resolveIntrinsics(argument, scope)),
  'Fn::Length': (argument, scope) => listOf(argument, scope).length,
  'Fn::If': (argument, scope) => {
    if (!Array.isArray(argument)) throw new Error('Fn::If takes a list');
    const [condition, then, otherwise] = argument;
    return resolveIntrinsics(scope.condition(textOf(condition, 'Fn::If')) ? then : otherwise, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = listOf(argument, scope);
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::And': (argument, scope) => listOf(argument, scope).every((operand) => operand === true),
  'Fn::Or': (argument, scope) => listOf(argument, scope).some((operand) => operand === true),
  'Fn::Not': (argument, scope) => listOf(argument, scope)[0] !== true,
};

/** `${Name}`, `${Name.Attribute}` or a variable of the call's own; `${!Literal}` stays as `${Literal}`. */
function substitute(argument: unknown, scope: IntrinsicScope): string {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = new Map(Object.entries(isRecord(variables) ? variables : {}));
  return textOf(template, 'Fn::Sub').replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (own.has(name)) return String(resolveIntrinsics(own.get(name), scope));
    const [logicalId, ...attribute] = name.split('.');
    return String(attribute.length === 0 ? scope.ref(name) : scope.attribute(logicalId ?? '', attribute.join('.')));
  });
}

function listOf(argument: unknown, scope: IntrinsicScope): unknown[] {
  const list = resolveIntrinsics(argument, scope);
  if (!Array.isArray(list)) throw new Error(`An intrinsic function wants a list and has ${JSON.stringify(list)}`);
  return list;
}

function textOf(argument: unknown, intrinsic: string): string {
  if (typeof argument === 'string') return argument;
  throw new Error(`${intrinsic} wants a text and has ${JSON.stringify(argument)}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
