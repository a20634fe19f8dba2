import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../../infra/bundle.ts';
import { projectDirectory } from '../../infra/synthesize.ts';
import { shippedLanguages } from '../../infra/templates/shippedLanguages.ts';
import { coldStarts } from './coldStart.ts';
import { invitations } from './invitation.ts';
import type { Comparison } from './ratio.ts';
import { scaling } from './scaling.ts';

/** `npm run bench [-- --json FILE]`: measures what matters, as ratios of two ways taken side by side. */
const { values } = parseArgs({ options: { json: { type: 'string' } } });
const measured = [
  'http/meetings/createMeeting',
  'http/meetings/readMeeting',
  'stream/onMeetingChanged',
  'queue/deliver',
];
const directory = mkdtempSync(join(tmpdir(), 'bench-'));
const templates = join(projectDirectory, 'templates');

try {
  say('Bundling the functions …');
  const input = {
    projectDirectory,
    templates: { directory: templates, languages: shippedLanguages },
    openapi: { linkPath: '/m' },
  };
  const bundles = await bundle(input, join(directory, 'functions'));
  say('Invitations …');
  const results = show(await invitations(templates, directory));
  say('Scaling …');
  results.push(...show(await scaling()));
  for (const handler of measured) {
    say(`Cold start of ${handler} …`);
    results.push(...show(await coldStarts(bundles, [handler], directory)));
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function show(comparisons: Comparison[]): Comparison[] {
  for (const { name, subject, baseline, subjectMedian, baselineMedian, unit, ratio } of comparisons) {
    const figures = `${subjectMedian.toFixed(1)} ${unit} against ${baselineMedian.toFixed(1)} ${unit}`;
    console.log(`${name.padEnd(16)} ${ratio.toFixed(2).padStart(6)} ×   ${subject}: ${figures} (${baseline})`);
  }
  return comparisons;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
