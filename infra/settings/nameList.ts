/** Names in a sentence: `email`, `email and sms`, `email, sms and push`. */
export function nameList(names: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
