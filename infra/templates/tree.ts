/** A helper or a field, as the author wrote it: Handlebars tells them apart only when it compiles. */
export type HelperCall = hbs.AST.MustacheStatement | hbs.AST.SubExpression | hbs.AST.BlockStatement;
export type Inclusion = hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement;

/** `email/en/text.hbs:3` */
export function formatPosition({ loc }: hbs.AST.Node): string {
  return `${loc.source}:${loc.start.line}`;
}

export function hasArguments(call: HelperCall): boolean {
  return call.params.length > 0 || pairsOf(call).length > 0;
}

/** Handlebars leaves `hash` out where there is none, whatever its types say. */
export function pairsOf({ hash }: { hash?: hbs.AST.Hash }): hbs.AST.HashPair[] {
  return hash?.pairs ?? [];
}

/** Undefined for a partial whose name only the rendering knows. */
export function partialNameOf({ name }: Inclusion): string | undefined {
  return isPath(name) ? name.original : undefined;
}

export function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

export function isText(node: hbs.AST.Node): node is hbs.AST.StringLiteral {
  return node.type === 'StringLiteral';
}

export function isLiteral(
  node: hbs.AST.Node,
): node is hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral {
  return ['StringLiteral', 'NumberLiteral', 'BooleanLiteral'].includes(node.type);
}
