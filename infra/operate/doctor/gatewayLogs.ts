import { type Finding, missing, well } from './finding.ts';

/**
 * API Gateway logs for WebSocket APIs by a role that an account has once in each region (API Gateway developer guide,
 * "Set up CloudWatch logging for WebSocket APIs").
 */
export function judgeGatewayLogs(role: string | undefined): Finding {
  const check = 'API Gateway logs';
  const needed = 'a role (socketAccessLog)';
  if (role) return well(check, role, needed);
  return missing(check, {
    found: 'no role',
    needed,
    says: 'The sockets cannot be logged, and the deployment fails.',
    mend: ['the three commands of docs/deploying.md, "Logs of the doors"; or set socketAccessLog to false'],
  });
}
