import createClient from 'openapi-fetch';
import type { paths } from './meetings.d.ts';

/** `node client.ts <url> <token>` schedules a meeting, moves it, reads it, and calls it off: each call and answer is typed. */
const [baseUrl = '', token = ''] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });

const scheduled = await client.POST('/meetings', {
  body: {
    name: 'Typed planning',
    validSince: '2028-03-01T09:30:00+01:00',
    participants: [{ email: 'ana@example.org' }],
  },
});
if (scheduled.error) throw new Error('code' in scheduled.error ? scheduled.error.detail : scheduled.error.message);
const { id, url } = scheduled.data;

const moved = await client.PATCH('/meetings/{id}', {
  params: { path: { id }, header: { 'If-Match': '"1"' } },
  body: { validSince: '2028-03-01T10:30:00+01:00' },
});
const read = await client.GET('/meetings/{id}', { params: { path: { id } } });
const refused = await client.POST('/meetings', { body: { name: '', validSince: 'soon', participants: [] } });
const cancelled = await client.DELETE('/meetings/{id}', { params: { path: { id } } });

console.log(
  JSON.stringify({
    url,
    moved: moved.data?.validSince,
    read: read.data?.participants.map(({ email }) => email),
    // The service answers with a problem (RFC 9457), the gateway before it with a message alone.
    refused: refused.error && 'code' in refused.error && refused.error.errors?.map(({ path }) => path),
    cancelled: cancelled.response.status,
  }),
);
