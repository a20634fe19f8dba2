import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET ?? '');
const seen = new Set<string>();

/** To stand behind what speaks TLS. What `handle` throws is told again. */
export const receiver = (handle: (event: unknown) => Promise<void>) =>
  createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    try {
      const event = webhook.verify(body, request.headers as Record<string, string>);
      const id = String(request.headers['webhook-id']);
      if (!seen.has(id)) await handle(event);
      seen.add(id);
      response.writeHead(204).end();
    } catch {
      response.writeHead(400).end();
    }
  });
