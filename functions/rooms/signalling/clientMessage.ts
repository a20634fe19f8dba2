import * as z from 'zod/mini';
import { cleanChat, cleanName } from './cleanText.ts';
import { type ClientMessage, clientMessageSchema } from './protocol.ts';

/** What was sent, or what is wrong with it. */
export type ParsedMessage = { readonly message: ClientMessage } | { readonly code: FaultCode; readonly fault: string };

type FaultCode = 'invalid-json' | 'unknown-action' | 'invalid-name' | 'invalid-message';

/** Reads what a page sent; names and chat come out cleaned. */
export function parseClientMessage(text: string | undefined): ParsedMessage {
  const value = jsonOf(text);
  if (value === undefined) return { code: 'invalid-json', fault: 'A message must be JSON text.' };
  const result = z.safeParse(clientMessageSchema, value);
  return result.success ? cleanMessage(result.data) : faultOf(result.error.issues);
}

/** What a message calls itself, or whom it is about, so that its refusal can name it. */
export function idOfMessage(text: string | undefined): string | undefined {
  const read = z.safeParse(z.object({ id: z.string().check(z.maxLength(128)) }), jsonOf(text));
  return read.success ? read.data.id : undefined;
}

function cleanMessage(message: ClientMessage): ParsedMessage {
  const { action } = message;
  if ((action === 'join' || action === 'change') && message.name !== undefined) {
    const name = cleanName(message.name);
    if (name === undefined) return { code: 'invalid-name', fault: 'name must show something.' };
    return { message: { ...message, name } };
  }
  if (action !== 'chat') return { message };
  const text = cleanChat(message.text);
  if (text === undefined) return { code: 'invalid-message', fault: 'text must show something.' };
  return { message: { ...message, text } };
}

function faultOf(issues: readonly z.core.$ZodIssue[]): ParsedMessage {
  const paths = [...new Set(issues.map(({ path }) => path.join('.')))];
  if (paths.includes('action')) return { code: 'unknown-action', fault: 'There is no such action.' };
  if (paths.join() === 'name')
    return { code: 'invalid-name', fault: 'name must be one line of 1 to 60 characters, and show something.' };
  const named = paths.filter((path) => path !== '').join(', ');
  return { code: 'invalid-message', fault: `${named || 'The message'} is not as this action has it.` };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
