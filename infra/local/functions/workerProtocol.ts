/** What a worker is started with. */
export interface WorkerStart {
  readonly bundle: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  readonly logFile: string;
}

/** What a worker is told: one event, as JSON. */
export interface WorkerEvent {
  readonly requestId: string;
  readonly payload: string;
  /** Epoch milliseconds at which it will be ended. */
  readonly deadline: number;
}

/** What a worker says: once when its bundle is loaded, then once per event. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'initFailed'; readonly error: ErrorPayload }
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'failed'; readonly error: ErrorPayload };

/** How Lambda words a function's error. */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}
