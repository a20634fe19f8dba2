import * as z from 'zod';
import { hostOrOrigin, isHost } from './addresses.ts';
import { listOf, orJson, quoteForMessage, unknownKey, wholeNumber, yesOrNo } from './kinds.ts';
import { manual } from './manual.ts';
import { secretReference } from './references.ts';

/** RFC 7064 and RFC 7065: `stun:host:port`, `turns:host:port?transport=tcp`. */
const iceUrl = z.string({ error: 'Must be text.' }).refine(
  (given) => {
    const [, scheme, host = '', port = '1', transport] =
      /^(stuns?|turns?):(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253})(?::(\d{1,5}))?(\?transport=(?:udp|tcp))?$/i.exec(
        given,
      ) ?? [];
    return isHost(host) && Number(port) >= 1 && Number(port) <= 65_535 && !(scheme?.startsWith('stun') && transport);
  },
  {
    error: ({ input }) =>
      `${quoteForMessage(input)} must be like stun:stun.example.org:3478 or turns:turn.example.org:443?transport=tcp.`,
  },
);

/** One server as browsers take it (RTCIceServer), without credentials: those for TURN are made per join from `turnSecret`. */
const iceServer = z.preprocess(
  (given) => (typeof given === 'string' ? { urls: given } : given),
  z.strictObject(
    { urls: listOf(iceUrl).refine((urls) => urls.length > 0, { error: 'Must hold a URL.' }) },
    { error: unknownKey('Must be a URL, or an object of urls alone: credentials for TURN come from turnSecret.') },
  ),
);

/** The rooms behind links. */
export const rooms = {
  publicRooms: yesOrNo.default(true).register(manual, {
    meaning: 'Whether `/c/<anything>` opens a room. Anyone who knows such a link can use the service.',
    values: '`true` or `false`',
    example: true,
  }),
  roomCapacity: wholeNumber(2, 16, 'people').default(8).register(manual, {
    meaning:
      'How many people a room holds, and a host beside them where it is full; each sends to every other, so that more ask more of their lines.',
    values: 'people, 2 to 16',
    example: 8,
  }),
  openBefore: wholeNumber(0, 1440, 'minutes').default(10).register(manual, {
    meaning: "How long before its start a meeting's room opens.",
    values: 'whole minutes, 0 to 1440 (a day)',
    example: 10,
  }),
  retentionDays: wholeNumber(1, 3650, 'days').default(90).register(manual, {
    meaning: 'How long meetings are kept after their end, with what was sent for them.',
    values: 'days, 1 to 3650',
    example: 90,
  }),
  attendance: yesOrNo.default(true).register(manual, {
    meaning:
      'Whether it is kept who was in the room of a meeting, from when to when, for its organizer to see. No effect with `jitsiHost`.',
    values: '`true` or `false`',
    example: true,
  }),
  iceServers: orJson(listOf(iceServer))
    .default([])
    .register(manual, {
      meaning: 'The STUN and TURN servers that help browsers to reach each other.',
      values:
        'a list of `stun:`, `stuns:`, `turn:` and `turns:` URLs, or of objects with such `urls` (as JSON text too)',
      example: ['stun:stun.example.org:3478', 'turns:turn.example.org:443?transport=tcp'],
    }),
  turnSecret: secretReference('secret', '/meetings/turn-secret').optional().register(manual, {
    meaning: 'Where the secret is stored that is shared with the TURN servers; credentials are made from it per join.',
    values: 'the name of an SSM parameter (`/…`), a Secrets Manager ARN, or `secretsmanager:NAME`',
    example: '/meetings/turn-secret',
  }),
  jitsiHost: hostOrOrigin.optional().register(manual, {
    meaning: 'A Jitsi server that holds the conferences in place of the built-in room.',
    values: 'a host name, or its https:// address without path',
    example: 'meet.example.org',
    blank: 'the built-in room',
  }),
};
