/** The attributes that the views use; `false` and `undefined` leave one out, `true` sets it without a value. */
export interface Attributes {
  /** Among its siblings it stays the same element for as long as its key stays. */
  readonly key?: string;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
  /** Set on the element itself, whenever they differ: `value`, `srcObject`, `muted`. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** CSS custom properties; a `style` attribute would be refused by the page's policy. */
  readonly variables?: Readonly<Record<`--${string}`, string>>;
  /** Called once, when the element is in the document. */
  readonly created?: (element: Element) => void;
  readonly [aria: `aria-${string}`]: string | number | boolean | undefined;
  readonly [data: `data-${string}`]: string | number | boolean | undefined;
  readonly [name: string]: unknown;
}

/** An element as it should be. */
export interface Markup {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Content[];
}

export type Content = Markup | string | false | null | undefined | readonly Content[];

export function h(tag: string, attributes: Attributes = {}, ...children: readonly Content[]): Markup {
  return { tag, attributes, children };
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** What each element was last made of. */
const rendered = new WeakMap<Node, Markup>();

/** Makes an element's children what `content` says; elements that stay keep their focus, their video and their scroll. */
export function patch(parent: Element, content: Content): void {
  const wanted = flat(content);
  const free = new Set<ChildNode>(parent.childNodes);
  const kept = wanted.map((item) => {
    const found = [...free].find((node) => suits(node, item));
    if (found) free.delete(found);
    return found;
  });
  for (const node of free) node.remove();
  let next = parent.firstChild;
  wanted.forEach((item, index) => {
    const node = kept[index] ?? create(item, parent);
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
    update(node, item);
  });
}

function flat(content: Content): (Markup | string)[] {
  if (content === false || content === null || content === undefined || content === '') return [];
  if (typeof content === 'string') return [content];
  return 'tag' in content ? [content] : content.flatMap(flat);
}

function suits(node: ChildNode, item: Markup | string): boolean {
  if (typeof item === 'string') return node instanceof Text;
  const before = rendered.get(node);
  return before?.tag === item.tag && before.attributes.key === item.attributes.key;
}

function create(item: Markup | string, parent: Element): ChildNode {
  if (typeof item === 'string') return document.createTextNode(item);
  const drawn = item.tag === 'svg' || parent.namespaceURI === svgNamespace;
  return drawn ? document.createElementNS(svgNamespace, item.tag) : document.createElement(item.tag);
}

function update(node: ChildNode, item: Markup | string): void {
  if (typeof item === 'string') {
    if (node.nodeValue !== item) node.nodeValue = item;
  } else if (node instanceof Element) {
    const before = rendered.get(node);
    rendered.set(node, item);
    // A select can only be given a value that one of its options has.
    updateAttributes(node, before?.attributes ?? {}, item.attributes);
    patch(node, item.children);
    updateProperties(node, item.attributes);
    if (!before) begin(node, item.attributes);
  }
}

const special = new Set(['key', 'on', 'properties', 'variables', 'created']);

function updateAttributes(element: Element, before: Attributes, after: Attributes): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (special.has(name)) continue;
    const text = attributeText(name, after[name]);
    if (text === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

function attributeText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean' && !name.startsWith('aria-')) return value ? '' : undefined;
  return String(value);
}

function updateProperties(element: Element, { properties = {}, variables = {} }: Attributes): void {
  for (const [name, value] of Object.entries(properties)) {
    if (Reflect.get(element, name) !== value) Reflect.set(element, name, value);
  }
  if (element instanceof HTMLElement || element instanceof SVGElement) {
    for (const [name, value] of Object.entries(variables)) element.style.setProperty(name, value);
  }
}

/** Listeners are looked up when they are called, so that those of the last rendering serve. */
function begin(element: Element, { on = {}, created }: Attributes): void {
  for (const type of Object.keys(on)) {
    element.addEventListener(type, (event) => rendered.get(element)?.attributes.on?.[type]?.(event));
  }
  if (created) queueMicrotask(() => created(element));
}
