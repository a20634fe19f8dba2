import { languageFor } from '../shared/words/language.ts';
import { fetchSettings } from './app/settings.ts';
import { startConsole } from './app/startConsole.tsx';
import { fetchWords } from './words/language.ts';

const { language, tag } = languageFor(navigator.languages);
const [words, settings] = await Promise.all([fetchWords(language), fetchSettings()]);
document.documentElement.lang = language;
await startConsole(words, tag, settings);
