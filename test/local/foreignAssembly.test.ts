import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readCloudAssembly } from '../../infra/local/assembly/cloudAssembly.ts';
import { startLocalService } from '../../infra/local/localService.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

/** Answers for a plant, and notes what it is told of watering. */
const handler = `exports.handler = async (event) => {
  if (event.Records) return event.Records.forEach(({ body }) => console.log(JSON.stringify({ message: 'watered', body })));
  const { plant } = event.pathParameters;
  return { statusCode: 200, body: JSON.stringify({ plant, bed: process.env.BED }) };
};
`;

const arnOf = (resource: string) => ({ 'Fn::GetAtt': [resource, 'Arn'] });

/** The template of a greenhouse, written by hand. */
const resources = {
  Gardener: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy('sts:AssumeRole') } },
  GardenerPolicy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'GardenerPolicy',
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: [
              'sqs:ReceiveMessage',
              'sqs:DeleteMessage',
              'sqs:GetQueueAttributes',
              'sqs:ChangeMessageVisibility',
            ],
            Resource: arnOf('Waterings'),
          },
        ],
      },
      Roles: [{ Ref: 'Gardener' }],
    },
  },
  Water: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: 'garden.zip' },
      Handler: 'index.handler',
      Role: arnOf('Gardener'),
      Runtime: 'nodejs24.x',
      Environment: { Variables: { BED: 'north' } },
    },
  },
  Waterings: { Type: 'AWS::SQS::Queue', Properties: {} },
  WateringsToWater: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: arnOf('Waterings'), FunctionName: { Ref: 'Water' } },
  },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Greenhouse', ProtocolType: 'HTTP' } },
  Plants: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arnOf('Water'),
      PayloadFormatVersion: '2.0',
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'GET /plants/{plant}',
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Plants' }]] },
    },
  },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
  },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf('Water'),
      Principal: 'apigateway.amazonaws.com',
      SourceArn: {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':execute-api:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            ':',
            { Ref: 'Api' },
            '/*/*/plants/{plant}',
          ],
        ],
      },
    },
  },
};

function policy(action: string) {
  return { Statement: [{ Effect: 'Allow', Action: action, Principal: { Service: 'lambda.amazonaws.com' } }] };
}

describe('an assembly that has nothing to do with meetings', () => {
  test('runs: its route answers, and its queue is worked off', async () => {
    const assembly = temporaryDirectory();
    writeFileSync(join(assembly, 'Garden.template.json'), JSON.stringify({ Resources: resources }));
    const files = { garden: { source: { path: 'garden', packaging: 'zip' } } };
    writeFileSync(join(assembly, 'Garden.assets.json'), JSON.stringify({ files }));
    mkdirSync(join(assembly, 'garden'));
    writeFileSync(join(assembly, 'garden', 'index.js'), handler);
    writeFileSync(join(assembly, 'garden', 'package.json'), '{"type":"commonjs"}');
    const service = await startLocalService({
      stateDirectory: temporaryDirectory(),
      deployment: { assembly: readCloudAssembly(assembly, 'Garden'), capabilitiesClaim: 'groups', users: [] },
    });
    onTestFinished(service.stop);

    const response = await fetch(`${service.url}/plants/fern`);
    expect([response.status, await response.json()]).toEqual([200, { plant: 'fern', bed: 'north' }]);

    service.send('Waterings', 'the fern');
    await service.waitUntilIdle();
    expect(service.logs('Water').map(({ fields }) => fields)).toContainEqual({ message: 'watered', body: 'the fern' });
    expect(service.messages('Waterings')).toEqual([]);
    expect(service.denied()).toEqual([]);
  });
});
