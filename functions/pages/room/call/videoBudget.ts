/** What one person may send to each of the others. */
export interface VideoBudget {
  readonly maxBitrate: number;
  readonly scaleResolutionDownBy: number;
}

/**
 * The camera's budget for each line of a room of so many: everyone sends to everyone, so that what one line
 * may take falls as lines are added, and a home's upload (2 to 3 Mbit/s) carries them all.
 */
export function videoBudget(people: number): VideoBudget {
  if (people <= 2) return { maxBitrate: 1_500_000, scaleResolutionDownBy: 1 };
  if (people <= 4) return { maxBitrate: 700_000, scaleResolutionDownBy: 1.5 };
  if (people <= 6) return { maxBitrate: 400_000, scaleResolutionDownBy: 2 };
  return { maxBitrate: 250_000, scaleResolutionDownBy: 3 };
}

/** A screen wants to be read: it keeps its resolution, and loses frames instead. */
export function screenBudget(people: number): VideoBudget {
  return { maxBitrate: people <= 4 ? 1_500_000 : 700_000, scaleResolutionDownBy: 1 };
}
