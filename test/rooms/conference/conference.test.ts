import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { chooseConference } from '../../../functions/rooms/conference/chooseConference.ts';
import type { Conference, ConferenceSettings } from '../../../functions/rooms/conference/conference.ts';
import { mesh } from '../../../functions/rooms/conference/mesh/mesh.ts';
import { publicRoomId } from '../../../functions/rooms/publicRoom.ts';
import { meetingFacts, publicFacts } from '../../../functions/rooms/roomFacts.ts';
import { createApi, createDoors } from '../../../infra/api.ts';
import { createCallers } from '../../../infra/callers/callers.ts';
import { createTable } from '../../../infra/table.ts';
import { bareStack } from '../../infra/bareStack.ts';
import { read } from '../../infra/settings/settingsProject.ts';
import { meetingOf } from '../../meetings/meetings.ts';
import { testSettings } from '../../service.ts';

/** Conferences by smoke signals: all that there is of this provider. */
const smoke: Conference = {
  facts: (room) => ({
    jitsiUrl: `https://smoke.example.org/${room.kind === 'meeting' ? room.meeting.id : room.id}`,
  }),
  routes: [
    {
      method: 'PUT',
      path: '/smoke/{fire}',
      access: 'open',
      handler: 'http/rooms/lightFire',
      tableActions: ['GetItem', 'DeleteItem'],
    },
  ],
  origins: ['https://smoke.example.org'],
  answersTelephone: false,
  connectsBrowsers: false,
};

/** The HTTP API alone. */
function apiWith(conference: Conference): Template {
  const empty = mkdtempSync(join(tmpdir(), 'bundle-'));
  const stack = bareStack('Api');
  const { settings } = read({ allowedOrigins: ['https://app.example.org'] });
  const defaults = { bundles: () => empty, environment: {}, logRetentionDays: RetentionDays.ONE_DAY };
  const { api } = createApi(stack, settings, conference);
  const callers = createCallers(stack, settings);
  createDoors(stack, api, defaults, { settings, callers, table: createTable(stack), conference });
  return Template.fromStack(stack);
}

function routeKeysOf(template: Template): string[] {
  return Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey);
}

function actionsOf(template: Template, name: string): string[] {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
  const own = policies.filter(([id]) => id.startsWith(`${name}ServiceRole`));
  return own.flatMap(([, { Properties }]) =>
    Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
  );
}

describe('a conference provider of which there is one object', () => {
  const [template, without] = [apiWith(smoke), apiWith(mesh)];

  test('has its routes beside the others', () => {
    expect(routeKeysOf(template).sort()).toEqual([...routeKeysOf(without), 'PUT /smoke/{fire}'].sort());
  });

  test('may do with the table what its route says, and no more', () => {
    expect(actionsOf(template, 'LightFire')).toEqual(['dynamodb:GetItem', 'dynamodb:DeleteItem']);
  });

  test('calls the API from pages of its own', () => {
    const [api] = Object.values(template.findResources('AWS::ApiGatewayV2::Api'));

    expect(api?.Properties.CorsConfiguration.AllowOrigins).toEqual([
      'https://app.example.org',
      'https://smoke.example.org',
    ]);
  });

  test('tells the page of a room where the conference is', () => {
    const deployment = { ...testSettings, conference: smoke };
    const people = { organizer: undefined, dialIn: undefined, endedByHost: false };
    const meeting = meetingOf({ id: 'm'.repeat(26) });

    expect(meetingFacts(meeting, 'key', people, deployment).jitsiUrl).toBe(
      `https://smoke.example.org/${'m'.repeat(26)}`,
    );
    expect(publicFacts('tea', deployment).jitsiUrl).toBe(`https://smoke.example.org/${publicRoomId('tea')}`);
  });
});

describe('the conferences of a deployment', () => {
  test('are held by the browsers, where the settings name no server', () => {
    expect(chooseConference({})).toBe(mesh);
    expect(publicFacts('tea', { ...testSettings, conference: mesh })).not.toHaveProperty('jitsiUrl');
    expect(routeKeysOf(apiWith(mesh)).filter((key) => /reservation|conferenceMapper/.test(key))).toEqual([]);
  });

  test('are held by another provider, where it is one of them and the settings choose it', () => {
    const chosenBy = (host: string) => (settings: ConferenceSettings) =>
      settings.jitsiHost === host ? smoke : undefined;

    expect(chooseConference({ jitsiHost: 'https://smoke.example.org' }, [chosenBy('https://smoke.example.org')])).toBe(
      smoke,
    );
    expect(chooseConference({}, [chosenBy('https://smoke.example.org')])).toBe(mesh);
  });

  test('are held by Jitsi, where the settings name its server', () => {
    const jitsi = chooseConference({ jitsiHost: 'https://jitsi.example.org' });

    expect(publicFacts('tea', { ...testSettings, conference: jitsi }).jitsiUrl).toBe(
      `https://jitsi.example.org/${publicRoomId('tea')}`,
    );
    expect(
      routeKeysOf(apiWith(jitsi))
        .filter((key) => /reservation|conferenceMapper/.test(key))
        .sort(),
    ).toEqual([
      'DELETE /reservation/conference/{id}',
      'GET /conferenceMapper',
      'GET /reservation/conference/{id}',
      'HEAD /conferenceMapper',
      'HEAD /reservation/conference/{id}',
      'POST /reservation/conference',
    ]);
  });
});
