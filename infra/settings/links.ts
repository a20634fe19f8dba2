import * as z from 'zod';
import { routes } from '../../functions/routes.ts';
import { hostName, linkHost, originWith } from './addresses.ts';
import { oneOf } from './kinds.ts';
import { manual } from './manual.ts';
import { certificateArn } from './references.ts';

/** First segments of paths that other routes own, which links therefore cannot begin with. */
export const reservedFirstSegments: readonly string[] = [
  ...new Set(routes.map(({ path }) => path.split('/')[1] ?? '')),
  ...['conference', 'conferenceMapper', 'reservation'], // of Jitsi's servers
  '_local', // of a local run
].filter((segment) => segment !== '' && !segment.startsWith('{'));

const linkPath = z
  .string({ error: 'Must be text such as /m.' })
  .transform((given) => given.trim().replace(/\/{1,8}$/, ''))
  .refine((path) => path.length <= 100 && /^(\/[A-Za-z0-9._~-]{1,100}){1,10}$/.test(path), {
    error:
      'Must be a path such as /m: segments of letters, digits and . _ ~ -, each after a slash, 100 characters at most.',
  })
  .refine((path) => !/\/\.{1,2}(\/|$)/.test(path), {
    error: 'Must not hold the segments . or .. (browsers resolve them).',
  })
  .refine((path) => !reservedFirstSegments.includes(path.split('/')[1] ?? ''), {
    error: ({ input }) => `Must not begin with /${String(input).split('/')[1]}, which another route owns.`,
  });

/** Where links lead to. */
export const links = {
  linkHost: linkHost.optional().register(manual, {
    meaning: 'The host that links in invitations are built on.',
    values: 'an https:// or http:// address without path, query, fragment or user',
    example: 'https://meetings.example.org',
    blank: "the API's own address",
  }),
  certificateArn: certificateArn.optional().register(manual, {
    meaning: 'The certificate with which the stack makes `linkHost` its own domain. Needs an https `linkHost`.',
    values: 'the ARN of an ACM certificate in the same region',
    example: 'arn:aws:acm:eu-west-1:111122223333:certificate/11112222-3333-4444-5555-666677778888',
  }),
  linkPath: linkPath.default('/m').register(manual, {
    meaning: "The path that every meeting's link begins with.",
    values: 'segments of letters, digits and `.` `_` `~` `-`, none that another route owns',
    example: '/join',
  }),
  linkFormat: oneOf(['unique', 'user']).default('unique').register(manual, {
    meaning:
      "What a link ends in: `unique`, the meeting's id and key; `user`, the alias of its creator, whose meetings then share one link. The links of the participants alone are the meeting's own in both.",
    values: '`unique` or `user`',
    example: 'unique',
  }),
  socketHost: originWith(['wss'], 'wss://sockets.example.org').optional().register(manual, {
    meaning: "The host of the rooms' WebSocket API, which cannot share `linkHost`.",
    values: 'a wss:// address without path',
    example: 'wss://sockets.example.org',
    blank: "the WebSocket API's own address",
  }),
  socketCertificateArn: certificateArn.optional().register(manual, {
    meaning: 'The certificate with which the stack makes `socketHost` its own domain.',
    values: 'the ARN of an ACM certificate in the same region',
    example: 'arn:aws:acm:eu-west-1:111122223333:certificate/99998888-7777-6666-5555-444433332222',
  }),
  domain: hostName.optional().register(manual, {
    meaning: 'The domain of users, in what templates are told and in the ids of calendar entries.',
    values: 'a host name',
    example: 'example.org',
    blank: "`linkHost`'s host name, else the API's",
  }),
};
