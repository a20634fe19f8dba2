/**
 * What GSM-7 lacks and may be written as, beside what is the same in Unicode's compatibility form: punctuation, signs and
 * capital letters in the size of small ones. It has all that Twilio's smart encoding replaces (SmartEncodingMap of
 * sms-segments-calculator), and more.
 */
export const lookalikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "'": '‘’‚‛′´`\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u275b\u275c\ufe11',
    '"': '“”„‟″«»\u02ba\u02ee\u275d\u275e\u301d\u301e',
    '-': '‐‑‒–—―−\u2043\u23bc\u23bd',
    ' ': '\u00a0\u2009\u202f',
    '...': '…',
    '.': '·•\u3002\uff61',
    ',': '\u3001\ufe51\uff64',
    _: '\u2017',
    ':': '\u02d0\u02f8\u2982\ua789',
    ';': '\u204f',
    '!': '\u01c3',
    '/': '÷\u2044\u2215\u29f8',
    '\\': '\u29f5\u29f9',
    '|': '\u2223\u239c\u239f\u23b8\u23b9\u23d0',
    '(': '\u2768\u276a\u27ee\u2985',
    ')': '\u2769\u276b\u27ef\u2986',
    '{': '\u2774',
    '}': '\u2775',
    '<': '‹',
    '>': '›',
    '=': '\ua78a',
    '+': '\u02d6',
    '*':
      '\u204e\u2217\u229b\u2722\u2723\u2724\u2725\u2731\u2732\u2733\u273a\u273b\u273c\u273d' +
      '\u2743\u2749\u274a\u274b\u29c6',
    '^': '\u02c6',
    '~': '\u02dc\u02f7\u223c',
    '1/4': '¼',
    '1/2': '½',
    '3/4': '¾',
    ...smallCapitals(),
  }).flatMap(([plain, others]) => Array.from(others, (other): [string, string] => [other, plain])),
);

/** Phonetic letters that are used as small capitals; of Q and X there are none. */
function smallCapitals(): Record<string, string> {
  const small = 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ';
  return Object.fromEntries(Array.from('ABCDEFGHIJKLMNOPRSTUVWYZ', (letter, index) => [letter, small[index] ?? '']));
}
