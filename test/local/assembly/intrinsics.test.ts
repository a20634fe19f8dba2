// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is what Fn::Sub takes
import { describe, expect, test } from 'vitest';
import { type IntrinsicScope, noValue, resolveIntrinsics } from '../../../infra/local/assembly/intrinsics.ts';

const scope: IntrinsicScope = {
  ref: (name) => {
    if (name === 'AWS::NoValue') return noValue;
    if (name === 'Table') return 'meetings';
    throw new Error(`no ${name}`);
  },
  attribute: (logicalId, attribute) => `${logicalId}/${attribute}`,
  condition: (name) => name === 'IsProduction',
  mapping: (map, first, second) => `${map}:${first}:${second}`,
};

describe('resolveIntrinsics', () => {
  test.each([
    [{ Ref: 'Table' }, 'meetings'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
    [{ 'Fn::GetAtt': 'Nested.Outputs.Url' }, 'Nested/Outputs.Url'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Table' }, 'c']] }, 'a-meetings-c'],
    [{ 'Fn::Join': ['', { 'Fn::Split': ['/', 'a/b'] }] }, 'ab'],
    [{ 'Fn::Select': [2, { 'Fn::Split': ['/', 'https://host/path'] }] }, 'host'],
    [{ 'Fn::Sub': '${Table} of ${Table.Arn}, not ${!Table}' }, 'meetings of Table/Arn, not ${Table}'],
    [{ 'Fn::Sub': ['${Own} and ${Table}', { Own: { 'Fn::GetAtt': ['A', 'B'] } }] }, 'A/B and meetings'],
    [{ 'Fn::FindInMap': ['Map', 'x', 'y'] }, 'Map:x:y'],
    [{ 'Fn::Base64': { Ref: 'Table' } }, 'bWVldGluZ3M='],
    [{ 'Fn::If': ['IsProduction', { Ref: 'Table' }, { Ref: 'Unknown' }] }, 'meetings'],
    [{ 'Fn::And': [{ Condition: 'IsProduction' }, { 'Fn::Not': [{ Condition: 'IsTrial' }] }] }, true],
    [{ 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Equals': [{ Ref: 'Table' }, 'meetings'] }] }, true],
    [{ 'Fn::ToJsonString': { name: { Ref: 'Table' } } }, '{"name":"meetings"}'],
  ])('carries out %j', (value, expected) => {
    expect(resolveIntrinsics(value, scope)).toEqual(expected);
  });

  test('leaves out what has no value, in objects and in lists', () => {
    const value = { kept: 1, gone: { Ref: 'AWS::NoValue' }, list: ['a', { Ref: 'AWS::NoValue' }] };

    expect(resolveIntrinsics(value, scope)).toEqual({ kept: 1, list: ['a'] });
  });

  test('takes the Condition of a statement for what it is', () => {
    const value = { Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'Table' } } } };

    expect(resolveIntrinsics(value, scope)).toEqual({
      Condition: { StringEquals: { 'aws:SourceAccount': 'meetings' } },
    });
  });

  test('names an intrinsic function that it does not know', () => {
    expect(() => resolveIntrinsics({ a: [{ 'Fn::Cidr': ['10.0.0.0/8', 1, 8] }] }, scope)).toThrow(
      'does not know the intrinsic function Fn::Cidr',
    );
  });

  test.each([[{ 'Fn::Join': ['', 'text'] }], [{ 'Fn::Select': [7, ['a']] }], [{ 'Fn::Sub': [1] }]])(
    'refuses %j',
    (value) => {
      expect(() => resolveIntrinsics(value, scope)).toThrow();
    },
  );
});
