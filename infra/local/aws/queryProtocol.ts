import { AwsRefusal, type Protocol } from './awsCall.ts';

/**
 * The AWS Query protocol: a form in, XML out.
 *
 * @param namespace of the XML, as the service's API has it
 */
export function queryProtocol(namespace: string): Protocol {
  const headers = { 'content-type': 'text/xml' };
  return {
    read: ({ body }) => {
      const form = new URLSearchParams(body.toString('utf8'));
      const action = form.get('Action');
      if (action === null) throw new AwsRefusal('MissingAction', 'The form has no Action');
      return { action, input: nest([...form].filter(([name]) => name !== 'Action' && name !== 'Version')) };
    },
    write: ({ action, requestId }, output) => ({
      status: 200,
      headers,
      body:
        `<${action}Response xmlns="${namespace}"><${action}Result>${xmlOf(output)}</${action}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
    }),
    refuse: ({ code, message, status }, requestId) => ({
      status,
      headers,
      body:
        `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
        `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>` +
        `<RequestId>${requestId}</RequestId></ErrorResponse>`,
    }),
  };
}

interface Tree {
  [name: string]: string | Tree;
}

/** `A.member.1.B=x` is `{ A: [{ B: 'x' }] }`; `A.entry.1.key=k` with `A.entry.1.value=v` is `{ A: { k: 'v' } }`. */
function nest(fields: readonly (readonly [string, string])[]): unknown {
  const root: Tree = Object.create(null);
  for (const [name, value] of fields) {
    const path = name.split('.');
    const last = path.pop() ?? '';
    let tree = root;
    for (const step of path) {
      const inner = tree[step];
      const next: Tree = typeof inner === 'object' ? inner : Object.create(null);
      tree[step] = next;
      tree = next;
    }
    tree[last] = value;
  }
  return fold(root);
}

function fold(tree: string | Tree): unknown {
  if (typeof tree === 'string') return tree;
  const { member, entry } = tree;
  if (typeof member === 'object') return listOf(member);
  if (typeof entry === 'object') {
    const pairs = listOf(entry).map((pair) => new Map(Object.entries(typeof pair === 'object' && pair ? pair : {})));
    return Object.fromEntries(
      pairs.map((pair) => [pair.get('key') ?? pair.get('Name'), pair.get('value') ?? pair.get('Value')]),
    );
  }
  return Object.fromEntries(Object.entries(tree).map(([name, inner]) => [name, fold(inner)]));
}

function listOf(tree: Tree): unknown[] {
  const indexes = Object.keys(tree).sort((left, right) => Number(left) - Number(right));
  return indexes.map((index) => fold(tree[index] ?? ''));
}

function xmlOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((element) => `<member>${xmlOf(element)}</member>`).join('');
  if (typeof value !== 'object' || value === null) return escapeXml(String(value));
  return Object.entries(value)
    .map(([name, inner]) => `<${name}>${isMap(inner) ? entriesOf(inner) : xmlOf(inner)}</${name}>`)
    .join('');
}

/** Within a result, an object is one of the API's maps. */
function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(map: Record<string, unknown>): string {
  const entries = Object.entries(map).map(
    ([key, value]) => `<entry><key>${escapeXml(key)}</key><value>${escapeXml(String(value))}</value></entry>`,
  );
  return entries.join('');
}

const xmlEntities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => xmlEntities[character] ?? character);
}
