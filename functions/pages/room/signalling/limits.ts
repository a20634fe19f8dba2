import type * as protocol from '../../../rooms/signalling/protocol.ts';

/** As the protocol has them: its module would bring its schemas along, which the page does not need. */
export const longestName: typeof protocol.longestName = 60;
export const longestPasswordTry: typeof protocol.longestPasswordTry = 256;
export const longestChatText: typeof protocol.longestChatText = 2_000;
