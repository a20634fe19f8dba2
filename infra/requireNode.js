// Loaded before any TypeScript (node --import): plain JavaScript, so that an older Node gets as far as this sentence.
// npm itself may run on an older one, so that it must not judge: "onFail": "ignore" in package.json.
import { readFileSync } from 'node:fs';

const { devEngines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [leastMajor, leastMinor] = devEngines.runtime.version.replace('>=', '').split('.').map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  console.error(
    `This needs Node ${leastMajor}.${leastMinor} or later, which runs TypeScript as it is; ${process.version} runs now. ` +
      'On Linux (x64) "npm ci" brings Node 24 along and "npm run" uses it; elsewhere install Node 24 (see .nvmrc).',
  );
  process.exit(1);
}
