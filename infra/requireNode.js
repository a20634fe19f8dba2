// Loaded before any TypeScript (node --import): plain JavaScript, so that an older Node gets as far as this sentence.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `This needs Node 22.18 or later, which runs TypeScript as it is; ${process.version} runs now. ` +
      'On Linux (x64) "npm ci" brings Node 24 along and "npm run" uses it; elsewhere install Node 24 (see .nvmrc).',
  );
  process.exit(1);
}
