import { parseOptions } from '../parseOptions.ts';
import { smsPricePage } from './prices.ts';

export interface CostOptions {
  /** A day. */
  readonly meetings: number;
  /** Of each. */
  readonly participants: number;
  /** Of the participants, 0 to 1: who gets a text message in the place of a mail. */
  readonly smsShare: number;
  /** Dollars of one part; 0 where nobody gets one. */
  readonly smsPrice: number;
}

const options = {
  meetings: { type: 'string' },
  participants: { type: 'string' },
  'sms-share': { type: 'string', default: '0' },
  'sms-price': { type: 'string', default: '0' },
} as const;

const usage =
  'Usage: npm run cost -- --meetings N --participants P [--sms-share S --sms-price D]: N meetings a day with P people each, of whom the share S (0 to 1) gets an SMS of D dollars in the place of a mail';

/** As many as a meeting may have. */
const mostParticipants = 2_000;

/** @throws Error that tells how the command is called */
export function costOptions(args: readonly string[]): CostOptions {
  const given = parseOptions(args, options, usage);
  const meetings = numberIn('--meetings', given.meetings, 1, Number.MAX_SAFE_INTEGER);
  const participants = numberIn('--participants', given.participants, 0, mostParticipants);
  if (!Number.isInteger(participants)) throw new Error(`--participants must be a whole number\n${usage}`);
  const smsShare = numberIn('--sms-share', given['sms-share'], 0, 1);
  const smsPrice = numberIn('--sms-price', given['sms-price'], 0, Number.MAX_SAFE_INTEGER);
  if (smsShare > 0 && smsPrice === 0)
    throw new Error(
      `--sms-share goes with --sms-price, dollars of one part in your country: ${smsPricePage}\n${usage}`,
    );
  return { meetings, participants, smsShare, smsPrice };
}

function numberIn(name: string, text: string | undefined, least: number, most: number): number {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new Error(`${name} must be a number ${range}\n${usage}`);
}
