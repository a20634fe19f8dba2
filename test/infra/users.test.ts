import { describe, expect, test } from 'vitest';
import { application, userChangesTemplate } from './userChanges.ts';

const statementsOf = (template = userChangesTemplate()) =>
  Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );

describe('what follows a user’s rows', () => {
  test('may remove the endpoints of the configured applications, and no others', () => {
    const removal = statementsOf().filter(({ Action }) => [Action].flat().some((action) => /^sns:/.test(action)));

    expect(removal).toMatchObject([
      {
        Action: 'sns:DeleteEndpoint',
        Effect: 'Allow',
        Resource: [application, 'arn:aws:sns:eu-west-1:000000000000:endpoint/GCM/test/*'],
      },
    ]);
  });

  test('may do nothing with SNS where there is no application', () => {
    const actions = statementsOf(userChangesTemplate({})).flatMap(({ Action }) => Action);

    expect(actions.filter((action) => /^sns:/.test(action))).toEqual([]);
  });

  test('is tried again for hours, one bad record apart from the others, and kept where it fails for good', () => {
    userChangesTemplate().hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: {} },
    });
  });
});
