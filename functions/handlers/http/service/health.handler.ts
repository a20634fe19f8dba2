import { door } from '../../../runtime/http.ts';

/**
 * `GET /health`: that the gateway, the deployment and the function's start are in order. It reads no row: whoever
 * asks needs no token, so each question would cost the operator a read, and a table that is slow for a moment
 * would take out of service what cannot do without it anyway; of the table's faults the alarms tell.
 */
export const handler = door(async () => ({ status: 200, body: { status: 'ok' } }));
