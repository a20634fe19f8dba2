import { describe, expect, test } from 'vitest';
import { readCondition } from '../../../infra/local/iam/conditions.ts';

const context = {
  'ses:FromAddress': ['meetings@example.org'],
  'dynamodb:LeadingKeys': ['USER#1', 'USER#2'],
  'aws:SecureTransport': ['true'],
  'aws:SourceArn': ['arn:aws:scheduler:eu-west-1:000000000000:schedule-group/reminders'],
};

describe('readCondition', () => {
  test.each([
    [undefined, true],
    [{ StringEquals: { 'ses:FromAddress': 'meetings@example.org' } }, true],
    [{ StringEquals: { 'SES:fromaddress': ['other@example.org', 'meetings@example.org'] } }, true],
    [{ StringEquals: { 'ses:FromAddress': 'Meetings@example.org' } }, false],
    [{ StringEqualsIgnoreCase: { 'ses:FromAddress': 'Meetings@example.org' } }, true],
    [{ StringNotEquals: { 'ses:FromAddress': ['a@example.org', 'meetings@example.org'] } }, false],
    [{ StringLike: { 'ses:FromAddress': '*@example.org' } }, true],
    [{ StringNotLike: { 'ses:FromAddress': '*@example.org' } }, false],
    [{ Bool: { 'aws:SecureTransport': false } }, false],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, true],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:scheduler:*:*:schedule-group/*' } }, true],
    [{ ArnNotEquals: { 'aws:SourceArn': 'arn:aws:scheduler:*:*:schedule-group/*' } }, false],
    [{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'USER#*' } }, true],
    [{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'USER#1' } }, false],
    [{ 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': 'USER#1' } }, true],
    [{ 'ForAllValues:StringEquals': { 'ses:Recipients': 'a@example.org' } }, true],
    [{ 'ForAnyValue:StringEquals': { 'ses:Recipients': 'a@example.org' } }, false],
    [{ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }, false],
    [{ StringNotEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }, true],
    [{ StringEqualsIfExists: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }, true],
    [{ Null: { 'iam:PassedToService': 'true' } }, true],
    [{ Null: { 'ses:FromAddress': 'true' } }, false],
    [{ Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'ses:FromAddress': 'a@example.org' } }, false],
  ])('%j holds: %s', (condition, expected) => {
    expect(readCondition(condition)(context)).toBe(expected);
  });

  test('names an operator that it does not know', () => {
    expect(() => readCondition({ IpAddress: { 'aws:SourceArn': '10.0.0.0/8' } })).toThrow('operator IpAddress');
  });

  test('names a key that it does not know', () => {
    expect(() => readCondition({ StringEquals: { 'aws:PrincipalTag/team': 'red' } })).toThrow(
      'key aws:PrincipalTag/team',
    );
  });
});
