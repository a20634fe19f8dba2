import { describe, expect, test } from 'vitest';
import { openStack } from '../../../infra/local/assembly/stack.ts';
import { stacksService } from '../../../infra/local/assembly/stacksService.ts';
import { startAddress } from '../aws/localAddress.ts';

const addresses = { aws: 'http://127.0.0.1:1', http: 'http://127.0.0.1:2', socket: 'ws://127.0.0.1:3' };

const template = {
  Parameters: {},
  Mappings: {},
  Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
  Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } } },
  Outputs: {
    Url: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } },
    Stack: { Value: { 'Fn::Sub': 'of $' + '{AWS::StackName} & others' } },
    Absent: { Value: 'x', Condition: 'Never' },
  },
};

async function describeStacks(StackName: string, Action = 'DescribeStacks'): Promise<{ status: number; text: string }> {
  const stack = openStack({ stackName: 'Garden', template, assetDirectory: (hash) => hash }, addresses);
  const { url } = await startAddress({ cloudformation: stacksService(stack) });
  const scope = 'Tester/20260101/eu-west-1/cloudformation/aws4_request';
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const body = new URLSearchParams({ Action, Version: '2010-05-15', StackName });
  const response = await fetch(url, { method: 'POST', headers: { authorization }, body });
  return { status: response.status, text: await response.text() };
}

describe('DescribeStacks', () => {
  test('tells the outputs that the stack has, with the local addresses', async () => {
    const { status, text } = await describeStacks('Garden');

    expect(status).toBe(200);
    expect(text).toContain(
      '<Outputs><member><OutputKey>Url</OutputKey><OutputValue>http://127.0.0.1:2</OutputValue></member>' +
        '<member><OutputKey>Stack</OutputKey><OutputValue>of Garden &amp; others</OutputValue></member></Outputs>',
    );
  });

  test('knows no other stack', async () => {
    const { status, text } = await describeStacks('Orchard');

    expect(status).toBe(400);
    expect(text).toContain('<Code>ValidationError</Code><Message>Stack with id Orchard does not exist</Message>');
  });
});

describe('ListStackResources', () => {
  test('tells what each resource is called by AWS', async () => {
    const { text } = await describeStacks('Garden', 'ListStackResources');

    expect(text).toContain(
      '<LogicalResourceId>Api</LogicalResourceId><PhysicalResourceId>Api</PhysicalResourceId><ResourceType>AWS::ApiGatewayV2::Api</ResourceType>',
    );
  });

  test('knows no other stack', async () => {
    expect((await describeStacks('Orchard', 'ListStackResources')).text).toContain(
      '<Message>Stack with id Orchard does not exist</Message>',
    );
  });
});
