import { sha256 } from '../runtime/digest.ts';
import { decodeSegment } from './decodeSegment.ts';

/** Letters and digits of any script, with the marks that some write them with, and `-`, `_` and `.`. */
const form = /^[\p{L}\p{M}\p{N}_.-]+$/u;
/** Some letters show nothing, as the fillers of Hangul (U+3164). */
const lettersOrDigits = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;

/** Characters. */
const longest = 64;

/** Hexadecimal digits that hold 160 bits; small letters alone, since the room may be one of a Jitsi server's. */
const hashLength = 40;

/** The identifier of a public room as it was meant (Unicode's NFC); undefined where it cannot be one. */
export function identifierOf(segment: string): string | undefined {
  const identifier = decodeSegment(segment)?.normalize('NFC');
  if (identifier === undefined || [...identifier].length > longest) return undefined;
  return form.test(identifier) && lettersOrDigits.test(identifier) ? identifier : undefined;
}

/**
 * The id of the room, the same however its identifier's letters are cased. It is a hash, since whoever
 * knows the identifier may enter, and ids of rooms are logged.
 */
export function publicRoomId(identifier: string): string {
  const folded = identifier.toUpperCase().toLowerCase().normalize('NFC');
  return `public-${sha256(folded, 'hex').slice(0, hashLength)}`;
}

export function isPublicRoomId(id: string): boolean {
  return id.length === 7 + hashLength && /^public-[0-9a-f]+$/.test(id);
}
