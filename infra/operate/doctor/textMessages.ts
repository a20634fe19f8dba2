import { type Finding, missing, unknown, well } from './finding.ts';
import { awsCommand, consolePage, type Place } from './place.ts';

const messagingPage = 'sns/v3/home?region=REGION#/mobile/text-messaging';

/** What a new account may spend (Amazon SNS developer guide, "Requesting increases to your monthly Amazon SNS SMS spending quota"). */
const ofNewAccountsUsd = 1;

/** Amazon SNS developer guide, "Using the Amazon SNS SMS sandbox". */
export function judgeSmsSandbox(isInSandbox: boolean, place: Place): Finding {
  const check = 'SMS sandbox';
  const needed = 'out of it';
  if (!isInSandbox) return well(check, 'out of it', needed);
  return missing(check, {
    found: 'in it',
    needed,
    says: 'SMS reach the ten numbers that were verified, and nobody else.',
    mend: [`${consolePage(messagingPage, place)} ("Exit SMS sandbox")`],
  });
}

/** @param usd a month; undefined where the account has set none, and the most that AWS allows it counts, which SNS does not tell */
export function judgeSmsSpending(usd: number | undefined, place: Place): Finding {
  const check = 'SMS spending';
  const needed = `more than the $${ofNewAccountsUsd} a month of a new account`;
  const page = consolePage(messagingPage, place);
  if (usd === undefined)
    return unknown(check, {
      found: 'no limit of your own',
      needed,
      says: `What AWS allows the account counts, $${ofNewAccountsUsd} a month until it is raised, and SNS does not tell it.`,
      mend: [`${page} ("Account spend limit")`],
    });
  const found = `$${usd} a month`;
  if (usd > ofNewAccountsUsd) return well(check, found, needed);
  return missing(check, {
    found,
    needed,
    says: 'SNS stops all SMS of the month within minutes once it is spent.',
    mend: [
      awsCommand('sns set-sms-attributes --attributes MonthlySpendLimit=USD', place),
      'and first, where that is more than AWS allows the account, a case for "SNS Text Messaging" at https://console.aws.amazon.com/support/home#/case/create?issueType=service-limit-increase',
    ],
  });
}

/** @param owned the numbers from which the account may send SMS */
export function judgeSmsNumber(number: string, owned: readonly string[], place: Place): Finding {
  const check = 'SMS sender';
  const needed = `${number} (smsOrigination)`;
  if (owned.map(digitsOf).includes(digitsOf(number))) return well(check, number, needed);
  return missing(check, {
    found: owned.length > 0 ? owned.join(', ') : 'no number',
    needed,
    says: 'SNS refuses SMS from a number that is not the account’s.',
    mend: [consolePage('sms-voice/home?region=REGION#/phone-numbers', place)],
  });
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}
