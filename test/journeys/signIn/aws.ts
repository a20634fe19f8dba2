#!/usr/bin/env node
import * as z from 'zod';

/**
 * Stands in for the AWS command line, as far as `docs/` uses it: `aws SERVICE ACTION --option value…` becomes a call at
 * AWS_ENDPOINT_URL, which refuses options that the action has not. Credentials and endpoint come from where the real
 * one takes them.
 */
async function main([service = '', command = '', ...words]: readonly string[]): Promise<void> {
  const { query, output, ...options } = optionsOf(words);
  const input = Object.fromEntries(
    Object.entries(options).map(([name, values]) => [pascal(name), parameterOf(name, values)]),
  );
  const reply = await call(service, pascal(command), input);
  const shown = query === undefined ? reply : search(reply, query.join(' '));
  if (output?.[0] === 'text') console.log([shown].flat().join('\t') || 'None');
  else console.log(JSON.stringify(shown, null, 4));
}

/** By name without dashes; one without values is a flag. */
function optionsOf(words: readonly string[]): Record<string, string[]> {
  const options: Record<string, string[]> = {};
  let values: string[] = [];
  for (const word of words) {
    if (!word.startsWith('--')) values.push(word);
    else {
      values = [];
      options[word.slice(2)] = values;
    }
  }
  return options;
}

/** `user-pool-id` is `UserPoolId`. */
function pascal(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The command line's shorthand (AWS CLI user guide, "Using shorthand syntax"): a map, or a list of structures. */
function parameterOf(name: string, values: readonly string[]): unknown {
  if (values.length === 0) return true;
  if (name === 'auth-parameters') return pairsOf(values.join(' '));
  if (name === 'user-attributes') return values.map(pairsOf);
  return values.join(' ');
}

function pairsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [, key = '', value = ''] = /^(\w+)=(.*)$/s.exec(pair) ?? [];
      if (key === '') throw new Error(`Error parsing parameter: Expected: '=', received: 'EOF' for input: ${pair}`);
      return [key, value];
    }),
  );
}

async function call(service: string, action: string, input: Record<string, unknown>): Promise<unknown> {
  const key = process.env.AWS_ACCESS_KEY_ID ?? '';
  const scope = `${key}/20260101/eu-west-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const isQuery = service === 'cloudformation';
  const form = Object.entries(input).map(([name, value]): [string, string] => [name, String(value)]);
  const response = await fetch(process.env.AWS_ENDPOINT_URL ?? '', {
    method: 'POST',
    headers: { authorization, ...(isQuery ? {} : { 'x-amz-target': `AWSCognitoIdentityProviderService.${action}` }) },
    body: isQuery ? new URLSearchParams([['Action', action], ...form]) : JSON.stringify(input),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`An error occurred when calling the ${action} operation: ${text}`);
  return isQuery ? { Stacks: [{ Outputs: outputsIn(text) }] } : JSON.parse(text);
}

function outputsIn(xml: string): unknown[] {
  const pairs = xml.matchAll(/<OutputKey>([^<]*)<\/OutputKey><OutputValue>([^<]*)<\/OutputValue>/g);
  return [...pairs].map(([, OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
}

const list = z.array(z.unknown());
const structure = z.record(z.string(), z.unknown());

/** Of JMESPath names, indexes and `[?name=='text'].name`. */
function search(value: unknown, query: string): unknown {
  const [, name, index, filter, wanted, rest] =
    /^\.?(?:([A-Za-z]+)|\[(\d+)\]|\[\?([A-Za-z]+)=='([^']*)'\])(.*)$/s.exec(query) ?? [];
  if (rest === undefined) throw new Error(`Bad value for --query ${query}`);
  if (name !== undefined) return step(structure.safeParse(value).data?.[name], rest);
  if (index !== undefined) return step(list.parse(value)[Number(index)], rest);
  const found = list.parse(value).filter((one) => structure.parse(one)[filter ?? ''] === wanted);
  return found.map((one) => step(one, rest));
}

function step(value: unknown, rest: string): unknown {
  return rest === '' || value === undefined ? value : search(value, rest);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 254;
});
