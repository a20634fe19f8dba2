import { type Finding, missing, unknown, well } from './finding.ts';
import { awsCommand, consolePage, type Place } from './place.ts';

/** What SES says of an account (Amazon SES API v2 reference, "GetAccount"). */
export interface MailAccount {
  /** Out of the sandbox. */
  readonly isInProduction: boolean;
  readonly isSending: boolean;
  /** SES's own word: `HEALTHY`, `PROBATION` or `SHUTDOWN`. */
  readonly standing: string;
  /** Undefined where SES did not say. */
  readonly perSecond: number | undefined;
  /** Of 24 hours; undefined where there is no limit, which SES says as -1, or none was said. */
  readonly perDay: number | undefined;
  readonly sentInDay: number;
}

/** From which share of the day's mails on there is hardly room for more. */
const nearlyAll = 0.9;

/** @param maxSendRate the setting, mails a second */
export function judgeMailAccount(account: MailAccount, maxSendRate: number, place: Place): Finding[] {
  return [
    judgeSandbox(account, place),
    judgeStanding(account, place),
    judgeRate(account, maxSendRate, place),
    judgeDay(account, place),
  ];
}

function judgeSandbox({ isInProduction }: MailAccount, place: Place): Finding {
  const check = 'SES sandbox';
  const needed = 'out of it';
  if (isInProduction) return well(check, 'out of it', needed);
  return missing(check, {
    found: 'in it',
    needed,
    says: 'Mail reaches addresses that SES has verified, and nobody else.',
    mend: [
      `${consolePage('ses/home?region=REGION#/account', place)} ("Request production access"), or`,
      awsCommand(
        'sesv2 put-account-details --production-access-enabled --mail-type TRANSACTIONAL --website-url URL --use-case-description TEXT',
        place,
      ),
    ],
  });
}

function judgeStanding({ isSending, standing }: MailAccount, place: Place): Finding {
  const check = 'SES sending';
  const needed = 'allowed, HEALTHY';
  const found = `${isSending ? 'allowed' : 'paused'}, ${standing}`;
  const page = consolePage('ses/home?region=REGION#/reputation', place);
  if (standing === 'SHUTDOWN')
    return missing(check, {
      found,
      needed,
      says: 'AWS has paused this account: no mail leaves until AWS lets it.',
      mend: [`${page}, and AWS Support`],
    });
  if (!isSending)
    return missing(check, {
      found,
      needed,
      says: 'Somebody has paused this account: no mail leaves.',
      mend: [awsCommand('sesv2 put-account-sending-attributes --sending-enabled', place)],
    });
  if (standing === 'PROBATION')
    return missing(check, {
      found,
      needed,
      says: 'AWS is looking at bounces or complaints of this account, and may pause it.',
      mend: [page],
    });
  return well(check, found, needed);
}

function judgeRate({ perSecond }: MailAccount, maxSendRate: number, place: Place): Finding {
  const check = 'SES send rate';
  const needed = `${maxSendRate} a second (maxSendRate)`;
  const page = consolePage('servicequotas/home/services/ses/quotas', place);
  if (perSecond === undefined)
    return unknown(check, { found: 'AWS does not say', needed, says: 'Look at its page.', mend: [page] });
  const found = `${perSecond} a second`;
  if (perSecond >= maxSendRate) return well(check, found, needed);
  return missing(check, {
    found,
    needed,
    says: 'SES throttles what is more, and mails wait to be tried again.',
    mend: [`set maxSendRate to ${Math.max(1, Math.floor(perSecond))}, or ask for more: ${page}`],
  });
}

function judgeDay({ perDay, sentInDay }: MailAccount, place: Place): Finding {
  const check = 'SES mails a day';
  const needed = `room for more than the ${count(sentInDay)} of the last 24 hours`;
  if (perDay === undefined) return well(check, 'no limit', needed);
  const found = `${count(perDay)} a day`;
  if (sentInDay < perDay * nearlyAll) return well(check, found, needed);
  return missing(check, {
    found,
    needed,
    says: 'SES throttles what is more, and mails wait until the day is over.',
    mend: [consolePage('servicequotas/home/services/ses/quotas', place)],
  });
}

function count(mails: number): string {
  return mails.toLocaleString('en-US', { maximumFractionDigits: 0 });
}
