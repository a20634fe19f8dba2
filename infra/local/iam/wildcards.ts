/** Matches as IAM does: `*` for any text, `?` for any character. */
export function matchesWildcards(pattern: string, text: string): boolean {
  let [patternIndex, textIndex, starIndex, starText] = [0, 0, -1, 0];
  while (textIndex < text.length) {
    const character = pattern[patternIndex];
    if (character === '*') {
      starIndex = patternIndex++;
      starText = textIndex;
    } else if (character !== undefined && (character === '?' || character === text[textIndex])) {
      patternIndex++;
      textIndex++;
    } else if (starIndex >= 0) {
      patternIndex = starIndex + 1;
      textIndex = ++starText;
    } else return false;
  }
  while (pattern[patternIndex] === '*') patternIndex++;
  return patternIndex === pattern.length;
}

/** Matches an ARN part by part, so that a `*` does not reach over a colon, but in the resource. */
export function matchesArn(pattern: string, arn: string): boolean {
  const [expected, actual] = [partsOf(pattern), partsOf(arn)];
  return (
    expected.length === actual.length && expected.every((part, index) => matchesWildcards(part, actual[index] ?? ''))
  );
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
