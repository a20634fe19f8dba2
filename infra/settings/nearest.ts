/** Returns the name that a person most likely meant, or undefined where none is near (more than a third of it differs). */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const wanted = given.toLowerCase().slice(0, 64);
  const [best] = names
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  return best && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Counts the letters to add, drop, replace or swap with their neighbour to make one text the other (optimal string alignment). */
function editDistance(one: string, other: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          distanceAt(previous, column - 1) + (same ? 0 : 1),
          distanceAt(previous, column) + 1,
          distanceAt(current, column - 1) + 1,
          swapped ? distanceAt(beforePrevious, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforePrevious = previous;
    previous = current;
  }
  return distanceAt(previous, other.length);
}

function distanceAt(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
