import { examples } from './examples.ts';
import type { Operations } from './operation.ts';

/** The doors to the service itself. */
export const serviceOperations: Operations = {
  'GET /openapi.json': {
    tag: 'Service',
    summary: 'Read this document',
    parameters: [
      {
        name: 'If-None-Match',
        in: 'header',
        description: 'The entity tag of the document that the caller has.',
        schema: { type: 'string' },
      },
    ],
    replies: [
      {
        status: 200,
        description: 'The document (OpenAPI 3.1).',
        headers: ['ETag', 'Cache-Control'],
        other: { 'application/json': { type: 'object' } },
      },
      { status: 304, description: 'It is the one that the caller has.', headers: ['ETag', 'Cache-Control'] },
    ],
    problems: [],
  },
  'GET /health': {
    tag: 'Service',
    summary: 'Ask whether the service answers',
    replies: [{ status: 200, description: 'It does.', json: 'Health', example: examples.Health }],
    problems: [],
  },
};
