import * as z from 'zod';
import { type AwsCall, AwsRefusal } from './awsCall.ts';

const throttles: Readonly<Record<string, readonly [code: string, message: string, status: number]>> = {
  dynamodb: ['ThrottlingException', 'Throughput exceeds the current capacity of your table or index.', 400],
  ses: ['Throttling', 'Maximum sending rate exceeded.', 400],
  sns: ['Throttling', 'Rate exceeded', 400],
  sqs: ['ThrottlingException', 'Rate exceeded', 400],
};

/** @returns how the service refuses a call that is one too many */
export function throttleOf(service: string): AwsRefusal {
  const [code, message, status] = throttles[service] ?? ['ThrottlingException', 'Rate exceeded', 429];
  return new AwsRefusal(code, message, status);
}

/** @returns how a service of AWS says that the fault is its own */
export function internalErrorOf(service: string): AwsRefusal {
  const code = service === 'dynamodb' ? 'InternalServerError' : 'InternalFailure';
  return new AwsRefusal(code, 'The request processing has failed because of an unknown error.', 500);
}

const denials: Readonly<Record<string, readonly [code: string, status: number]>> = {
  dynamodb: ['AccessDeniedException', 400],
  'execute-api': ['ForbiddenException', 403],
  scheduler: ['AccessDeniedException', 403],
  secretsmanager: ['AccessDeniedException', 400],
  ses: ['AccessDenied', 403],
  sns: ['AuthorizationError', 403],
  sqs: ['AccessDenied', 403],
  ssm: ['AccessDeniedException', 400],
};

/** @returns how a service says that a caller may not do what they asked for */
export function denialOf(service: string, message: string): AwsRefusal {
  const [code, status] = denials[service] ?? ['AccessDenied', 403];
  return new AwsRefusal(code, message, status);
}

const ongoing = 'Transaction is ongoing for the item';
const transaction = z.object({ TransactItems: z.array(z.unknown()) });

/** DynamoDB's refusal of a call that meets a transaction on the same item; its reasons are one per item of the call's own. */
export function transactionConflictOf(call: AwsCall): AwsRefusal {
  const items = transaction.safeParse(call.input).data?.TransactItems;
  if (items === undefined) return new AwsRefusal('TransactionConflictException', ongoing);
  const reasons = items.map((_, index) =>
    index === 0 ? { Code: 'TransactionConflict', Message: ongoing } : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new AwsRefusal(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}
