// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is what Fn::Sub takes
import { describe, expect, test } from 'vitest';
import type { CloudFormationTemplate } from '../../../infra/local/assembly/cloudAssembly.ts';
import { openStack, type Stack } from '../../../infra/local/assembly/stack.ts';

const addresses = { aws: 'http://127.0.0.1:1', http: 'http://127.0.0.1:2', socket: 'ws://127.0.0.1:3' };

describe('openStack', () => {
  test('calls a resource by its logical id without the hash, by that id where two would share the name, and by its own name', () => {
    const stack = open({
      Work1234ABCD: { Type: 'AWS::SQS::Queue', Properties: {} },
      TwiceAAAABBBB: { Type: 'AWS::SQS::Queue', Properties: {} },
      TwiceCCCCDDDD: { Type: 'AWS::SQS::Queue', Properties: {} },
      Named1234ABCD: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'own-name' } },
    });

    expect(stack.resources.map(({ name }) => name)).toEqual(['Work', 'TwiceAAAABBBB', 'TwiceCCCCDDDD', 'own-name']);
    expect(stack.resources.at(3)).toMatchObject({
      ref: 'http://127.0.0.1:1/000000000000/own-name',
      attributes: { Arn: 'arn:aws:sqs:eu-west-1:000000000000:own-name' },
    });
  });

  test('turns the address of an API, however it is written, into where its door is', () => {
    const stack = open({
      ApiF70053CD: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'shown', ProtocolType: 'HTTP' } },
      SocketsA3E6BA67: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Attribute: { 'Fn::GetAtt': ['ApiF70053CD', 'ApiEndpoint'] },
          Joined: joined('https', 'ApiF70053CD', '/path'),
          Socket: { Settings: { 'Fn::ToJsonString': { url: joined('wss', 'SocketsA3E6BA67', '/rooms') } } },
          Management: joined('https', 'SocketsA3E6BA67', '/rooms'),
        },
      },
    });

    expect(stack.ofType('AWS::Lambda::Function')[0]?.properties).toEqual({
      Attribute: 'http://127.0.0.1:2',
      Joined: 'http://127.0.0.1:2/path',
      Socket: { Settings: '{"url":"ws://127.0.0.1:3/rooms"}' },
      Management: 'http://127.0.0.1:1/rooms',
    });
  });

  test('knows the pseudo parameters and the defaults of parameters', () => {
    const Value = { 'Fn::Sub': '${AWS::Partition} ${AWS::Region} ${AWS::AccountId} ${AWS::URLSuffix} ${Given}' };
    const stack = open(
      { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Value } } },
      { Parameters: { Given: { Default: 'given' } } },
    );

    expect(stack.resources[0]?.properties.Value).toBe('aws eu-west-1 000000000000 amazonaws.com given');
  });

  test('leaves a resource out whose condition does not hold', () => {
    const stack = open(
      {
        Here: { Type: 'AWS::SQS::Queue', Condition: 'Yes', Properties: {} },
        Gone: { Type: 'AWS::EC2::Instance', Condition: 'No', Properties: {} },
      },
      { Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } } },
    );

    expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(['Here']);
  });

  test('names every resource of a type that it does not know', () => {
    const resources = {
      Fine: { Type: 'AWS::CloudWatch::Alarm', Properties: {} },
      Server: { Type: 'AWS::EC2::Instance', Properties: {} },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    };

    expect(() => open(resources)).toThrow('Server (AWS::EC2::Instance), Bucket (AWS::S3::Bucket)');
  });

  test('names an attribute that it does not know', () => {
    const resources = {
      Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
      Other: { Type: 'AWS::SQS::Queue', Properties: { Tags: { 'Fn::GetAtt': ['Queue', 'Color'] } } },
    };

    expect(() => open(resources)).toThrow('does not know Color of Queue (AWS::SQS::Queue)');
  });
});

function open(Resources: CloudFormationTemplate['Resources'], parts: Partial<CloudFormationTemplate> = {}): Stack {
  const template = { Parameters: {}, Mappings: {}, Conditions: {}, Outputs: {}, ...parts, Resources };
  return openStack({ stackName: 'Test', template, assetDirectory: (hash) => hash }, addresses);
}

function joined(protocol: string, api: string, path: string) {
  const parts = [
    `${protocol}://`,
    { Ref: api },
    '.execute-api.',
    { Ref: 'AWS::Region' },
    '.',
    { Ref: 'AWS::URLSuffix' },
    path,
  ];
  return { 'Fn::Join': ['', parts] };
}
