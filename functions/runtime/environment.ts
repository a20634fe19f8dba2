/** The variables that the stack gives its functions; each function gets those it needs. */
export type VariableName =
  | 'CONSOLE'
  | 'DELIVERY_QUEUE_URLS'
  | 'DELIVERY_MAX_RECEIVES'
  | 'EVENT_BUS_NAME'
  | 'PLANNING_QUEUE_URL'
  | 'POWERTOOLS_LOG_LEVEL'
  | 'POWERTOOLS_METRICS_NAMESPACE'
  | 'POWERTOOLS_SERVICE_NAME'
  | 'REMINDER_FUNCTION_ARN'
  | 'REMINDER_FAILURE_QUEUE_ARN'
  | 'ROOM_FAILURE_QUEUE_ARN'
  | 'ROOM_FUNCTION_ARN'
  | 'ROOM_SCHEDULE_GROUP'
  | 'ROOM_SCHEDULE_ROLE_ARN'
  | 'SCHEDULE_GROUP'
  | 'SCHEDULE_ROLE_ARN'
  | 'SETTINGS'
  | 'SOCKET_ENDPOINT'
  | 'TABLE_NAME'
  | 'WEBHOOK_QUEUE_URL';

/**
 * The value of one environment variable.
 *
 * @throws Error where the stack did not set it: a fault of deployment, never of a caller.
 */
export function variable(name: VariableName): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The environment lacks ${name}`);
  return value;
}

/** The value of one that not every stack sets. */
export function optionalVariable(name: VariableName): string | undefined {
  return process.env[name] || undefined;
}
