import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';

/** Addresses and numbers that AWS repeats in its error messages; both expressions are linear. */
const addresses = /[^\s<>"'(),:;/]{1,64}@[A-Za-z0-9.-]{1,255}/g;
const numbers = /\+\d{6,15}/g;

/** One flat JSON line, with errors whole but for the addresses and numbers in them. */
class LineFormatter extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, additional: LogAttributes): LogItem {
    return new LogItem({
      attributes: {
        level: attributes.logLevel.toLowerCase(),
        message: attributes.message,
        time: this.formatTimestamp(attributes.timestamp),
        function: attributes.lambdaContext?.functionName,
        requestId: attributes.lambdaContext?.awsRequestId,
      },
    }).addAttributes(additional);
  }

  override formatError(error: Error): LogAttributes {
    return {
      name: error.name,
      message: withoutAddresses(error.message),
      stack: withoutAddresses(error.stack ?? ''),
      ...(error.cause instanceof Error ? { cause: this.formatError(error.cause) } : {}),
    };
  }
}

/** The same text with every mail address and telephone number taken out. */
export function withoutAddresses(text: string): string {
  return text.replace(addresses, '<address>').replace(numbers, '<number>');
}

/** What was thrown, as an Error. */
export function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The service's log: one line per outcome, a fixed message, and ids as fields. */
export const log = new Logger({ logFormatter: new LineFormatter() });
