import { lookalikes } from './lookalikes.ts';

/** What an SMS costs: its characters decide the alphabet, the alphabet the size of a part (3GPP TS 23.038, 23.040). */

export interface SmsSize {
  readonly alphabet: 'GSM-7' | 'UCS-2';
  readonly units: number;
  readonly parts: number;
}

/** One unit each. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/** Two units each: they are written with an escape. */
const extension = new Set('\f^{}\\[~]|€');

/** Units in an SMS of one part, and in each of several, which spend 6 octets on saying which they are. */
const room = { 'GSM-7': { alone: 160, joined: 153 }, 'UCS-2': { alone: 70, joined: 67 } };

export function smsSize(text: string): SmsSize {
  const alphabet = isGsm7(text) ? 'GSM-7' : 'UCS-2';
  const { alone, joined } = room[alphabet];
  const sizes = Array.from(text, (character) => unitsOf(character, alphabet));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  return { alphabet, units, parts: units <= alone ? 1 : partsOf(sizes, joined) };
}

export function isGsm7(text: string): boolean {
  for (const character of text) if (!basic.has(character) && !extension.has(character)) return false;
  return true;
}

function unitsOf(character: string, alphabet: SmsSize['alphabet']): number {
  if (alphabet === 'UCS-2') return character.length;
  return extension.has(character) ? 2 : 1;
}

/** No character is cut in two, so a part may stay one unit short. */
function partsOf(sizes: number[], joined: number): number {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > joined) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}

/**
 * Spaces and punctuation that mean the same in GSM-7, and nothing for marks on letters that have none there and for what
 * cannot be seen, used where that makes the whole text GSM-7; else the text as it is: an emoji may need what cannot be seen.
 */
export function plainPunctuation(text: string): string {
  const composed = text.normalize('NFC');
  const plain = composed
    .replace(unseen, '')
    .replace(typographic, (character) => lookalikes.get(character) ?? character);
  return isGsm7(plain) ? plain : text;
}

/**
 * Letters without the accents and forms that GSM-7 lacks (`Reunión` is `Reunion`, `nº 2` is `no 2`, `canapé` stays): one
 * such letter doubles the price.
 */
export function plainLetters(text: string): string {
  return Array.from(text.normalize('NFC'), (character) => {
    if (basic.has(character) || lookalikes.has(character)) return character;
    const bare = character.normalize('NFKD').replace(/\p{M}/gu, '');
    return bare !== '' && isGsm7(bare) ? bare : character;
  }).join('');
}

const unseen = /[\p{Default_Ignorable_Code_Point}\p{M}]/gu;
const typographic = new RegExp(`[${[...lookalikes.keys()].join('')}]`, 'g');
