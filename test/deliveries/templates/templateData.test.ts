import { describe, expect, it } from 'vitest';
import { templateData } from '../../../functions/deliveries/templates/templateData.ts';
import { fields } from '../../../infra/templates/fields.ts';
import { rendererOf } from './inMemoryTemplates.ts';
import { facts } from './templateFacts.ts';

async function rendered(source: string, given = facts): Promise<string> {
  const { renderPart } = await rendererOf({ 'email/en/text.hbs': source });
  return renderPart('email', 'text', { language: 'en', data: templateData(given) });
}

const values: Record<string, string> = {
  party: 'bob@example.com',
  'meeting.name': 'Plans & numbers',
  'meeting.user.id': 'u-ana',
  'meeting.user.domain': 'wac',
  'meeting.user.username': 'ana',
  'meeting.user.name': 'Ana Font',
  'meeting.user.email': 'ana@example.org',
  'meeting.user.created': '1580702706000',
  'meeting.user.lastLogin': '1767323045000',
  'meeting.user.role': 'admin',
  'meeting.user.capabilities': 'meetings,dial-in',
  'meeting.user.mobilePhone': '+34600111222',
  'meeting.user.landLineNumber': '+34910111222',
  'meeting.user.alias': 'the-boss',
  'meeting.users': 'u-carol,u-dan',
  'meeting.language': 'es',
  'meeting.participants': '[object Object],[object Object],[object Object]',
  'meeting.validSince': '1782900000000',
  'meeting.validUntil': '1782905400000',
  'meeting.url': 'https://meetings.example.org/m/abc.def',
  'meeting.personalUrl': 'https://meetings.example.org/m/abc.def~p1.ghi',
  'meeting.answerUrl': 'https://meetings.example.org/m/abc.def~p1.jkl',
  'meeting.ddi.extension': '+34999999999',
  'meeting.ddi.pin': '123456789',
  'meeting.invited.people': 'Carol,dan@example.com',
  'meeting.invited.more': '17',
  'meeting.timeZone': 'Europe/Madrid',
  'meeting.description': 'First <b>line</b>\nSecond line',
  'meeting.status': 'scheduled',
  'brand.name': 'Vidal & Ros',
  'brand.color': '#0b5d3b',
  'brand.onColor': '#ffffff',
  'brand.soft': '#e7efeb',
  'brand.onSoft': '#0b5d3b',
  'brand.dark.color': '#689b85',
  'brand.dark.onColor': '#02130c',
  'brand.dark.soft': '#15352d',
  'brand.dark.onSoft': '#71a18d',
  'meeting.unreachable': 'Bob,carol@example.org',
  action: 'invite',
};

describe('the data of templates', () => {
  it.each(Object.entries(values))('has %s', async (field, value) => {
    expect(await rendered(`{{${field}}}`)).toBe(value);
  });

  it('is described field by field', () => {
    expect(Object.keys(fields)).toEqual(Object.keys(values));
  });

  it('lists capabilities, users and participants', async () => {
    const source =
      '{{#each meeting.user.capabilities}}{{this}};{{/each}} {{meeting.users.[1]}} {{meeting.users.length}}';
    expect(await rendered(source)).toBe('meetings;dial-in; u-dan 2');
    expect(await rendered('{{#each meeting.participants}}{{id}}={{name}};{{/each}}')).toBe('p1=Bob;p2=Carol;p3=;');
  });

  it('shows the recipient their own address, and nobody else’s', async () => {
    const source = '{{#each meeting.participants}}{{email}}|{{phone}}|{{userId}};{{/each}}';
    expect(await rendered(source)).toBe('bob@example.com|+34600333444|;||;||;');
    expect(await rendered(source, { ...facts, recipientId: 'p3' })).toBe('||;||;dan@example.com||;');
  });

  it('tells no participant of whoever else was invited', async () => {
    const { invited: _, ...meeting } = facts.meeting;
    expect(Object.keys(templateData({ ...facts, meeting }).meeting)).not.toContain('invited');
    expect(await rendered('[{{meeting.invited.people}}{{meeting.invited.more}}]', { ...facts, meeting })).toBe('[]');
  });

  it('holds nothing that a caller gave beyond it', () => {
    const meeting = { ...facts.meeting, key: 'secret', removed: [{ email: 'gone@example.com' }] };
    const organizer = { ...facts.organizer, password: 'secret' };
    expect(JSON.stringify(templateData({ ...facts, meeting, organizer }))).not.toMatch(/secret|gone@/);
  });

  it('is empty where something is not known', async () => {
    const { description: _, ddi: __, ...meeting } = facts.meeting;
    const organizer = { id: 'u-ana', domain: 'wac', username: 'ana', name: 'Ana', role: 'user', capabilities: [] };
    const source =
      '[{{meeting.ddi.pin}}{{meeting.description}}{{meeting.user.email}}{{formatDate meeting.user.created}}{{formatTime meeting.user.lastLogin}}{{#if meeting.ddi.extension}}dial{{/if}}]';
    expect(await rendered(source, { ...facts, meeting, organizer })).toBe('[]');
  });
});
