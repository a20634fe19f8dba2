import type { IncomingHttpHeaders } from 'node:http';

export interface AwsRequest {
  readonly method: string;
  /** Without the query, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Who calls: the principal that the request's credentials belong to. */
export interface AwsCaller {
  readonly functionName: string;
  /** Of the worker that calls. */
  readonly sessionToken: string;
}

/** One call of an AWS API. */
export interface AwsCall extends AwsRequest {
  /** As IAM prefixes it: `dynamodb`, `sqs`, `ses`, … */
  readonly service: string;
  readonly action: string;
  readonly input: unknown;
  readonly caller: AwsCaller;
  readonly requestId: string;
}

export interface AwsReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** What IAM must allow for a call. Where a list of resources is given, one of them suffices. */
export interface Permission {
  /** As `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string | readonly string[];
  /** Condition keys with their values, beside those that every call has. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** A refusal as AWS words it: the code is what the SDK makes the error's `name` of. */
export class AwsRefusal extends Error {
  readonly code: string;
  readonly status: number;
  /** What the reply holds beside code and message, as DynamoDB's `CancellationReasons`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** How a service speaks. */
export interface Protocol {
  /** @throws {AwsRefusal} where the request is not of the protocol */
  read(request: AwsRequest): { readonly action: string; readonly input: unknown };
  write(call: AwsCall, output: Readonly<Record<string, unknown>>): AwsReply;
  refuse(refusal: AwsRefusal, requestId: string): AwsReply;
}

export interface AwsService {
  readonly protocol: Protocol;
  permissions(call: AwsCall): Permission[];
  /** @throws {AwsRefusal} */
  perform(call: AwsCall): Promise<AwsReply>;
}
