import { describe, expect, test } from 'vitest';
import { createFaults, parseFault } from '../../../infra/local/aws/faults.ts';

const call = { service: 'ses', action: 'SendRawEmail', caller: { functionName: 'Deliver', sessionToken: '' } };

describe('parseFault', () => {
  test.each([
    ['ses.SendRawEmail=throttle', { service: 'ses', action: 'SendRawEmail', kind: 'throttle' }],
    ['ses.SendRawEmail=throttle:3', { service: 'ses', action: 'SendRawEmail', kind: 'throttle', count: 3 }],
    ['dynamodb=error500:5%', { service: 'dynamodb', kind: 'error500', share: 0.05 }],
    ['execute-api.*=timeoutAfter', { service: 'execute-api', kind: 'timeoutAfter' }],
  ])('reads %s', (text, fault) => {
    expect(parseFault(text)).toEqual(fault);
  });

  test.each(['ses', 'ses=explode', 'ses.SendRawEmail=throttle:many', ''])('refuses "%s"', (text) => {
    expect(() => parseFault(text)).toThrow('is no fault');
  });
});

describe('createFaults', () => {
  test('strikes after so many calls, so often, and only the function that is meant', () => {
    const faults = createFaults([{ service: 'ses', kind: 'throttle', functionName: 'Deliver', after: 1, count: 2 }]);
    const struck = () => faults.strike(call)?.kind;

    expect(faults.strike({ ...call, caller: { functionName: 'Other', sessionToken: '' } })).toBeUndefined();
    expect([struck(), struck(), struck(), struck()]).toEqual([undefined, 'throttle', 'throttle', undefined]);
  });

  test('lets the next fault strike where one is spent', () => {
    const faults = createFaults([
      { service: 'ses', kind: 'throttle', count: 1 },
      { service: 'ses', kind: 'error500', count: 1 },
    ]);

    expect([1, 2, 3].map(() => faults.strike(call)?.kind)).toEqual(['throttle', 'error500', undefined]);
  });
});
