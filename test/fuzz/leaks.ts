/** What the people of the fuzzed service are reached at, and what opens something: none of it may stand where it is not meant to. */
export const secrets = {
  address: 'alice-whom-nobody-may-see@example.org',
  number: '+34600000099',
  password: '48151623420',
  deviceToken: 'device-token-that-nobody-may-see',
};

const inner: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a stack', /\n\s+at |node:internal|node_modules|\.handler\.|functions\//],
  ['the table', /ValidationException|ConditionalCheck|ProvisionedThroughput|DynamoDB|MEETING#|USER#/],
  ['JavaScript', /\[object Object\]|undefined is not|Cannot read propert|is not a function/],
];

/** What a refusal says that is no caller's business. */
export function leaksOfRefusal(text: string): string[] {
  return [...inner.filter(([, pattern]) => pattern.test(text)).map(([what]) => what), ...secretsIn(text)];
}

/** What a line of the log says of people: ids alone may stand there. */
export function leaksOfLine(line: string): string[] {
  const addresses = /[^\s"@\\]+@[a-z0-9-]+\.[a-z]+|\+34\d{9}/i.test(line) ? ['an address'] : [];
  return [...addresses, ...secretsIn(line)];
}

function secretsIn(text: string): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []));
}
