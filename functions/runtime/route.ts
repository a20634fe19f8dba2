/** A route of the HTTP API. */
export interface Route {
  /** `ANY` stands with `$default` alone. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY';
  /** As API Gateway writes it; `{linkPath}` at the beginning stands for the setting. */
  readonly path: string;
  /** Who may enter: whoever has a token of the configured issuer, or anyone. */
  readonly access: 'user' | 'open';
  /** The module of its Lambda function, below `handlers/` and without `.handler.ts`. */
  readonly handler: string;
}

/** What a function may be allowed to do with the table. */
export type TableAction =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem'
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'Query';
