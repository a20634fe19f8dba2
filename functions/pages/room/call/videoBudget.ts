/** What one person may send to each of the others. */
export interface VideoBudget {
  readonly maxBitrate: number;
  readonly scaleResolutionDownBy: number;
}

/** How many are in the room, and whether this one of them shares a screen. */
export interface Load {
  readonly people: number;
  readonly isSharing: boolean;
}

/** Bits a second that all pictures together may take of a home's upload (2 to 3 Mbit/s), beside the voice. */
const cameraAlone = 2_100_000;
const cameraBesideScreen = 500_000;
const screen = 1_600_000;

const mostPerLine = 1_500_000;

/** The most that a picture of that size is worth, in bits a second; below it a smaller one looks better. */
const sizes = [
  { atLeast: 1_000_000, scaleResolutionDownBy: 1 },
  { atLeast: 500_000, scaleResolutionDownBy: 1.5 },
  { atLeast: 350_000, scaleResolutionDownBy: 2 },
];

/** The camera's budget for each line: everyone sends to everyone, so that what one line may take falls as lines are added. */
export function videoBudget({ people, isSharing }: Load): VideoBudget {
  const maxBitrate = shareOf(isSharing ? cameraBesideScreen : cameraAlone, people);
  const size = sizes.find(({ atLeast }) => maxBitrate >= atLeast);
  return { maxBitrate, scaleResolutionDownBy: size?.scaleResolutionDownBy ?? 3 };
}

/** A screen wants to be read: it keeps its resolution, and loses frames instead. */
export function screenBudget({ people }: Load): VideoBudget {
  return { maxBitrate: shareOf(screen, people), scaleResolutionDownBy: 1 };
}

function shareOf(all: number, people: number): number {
  return Math.min(mostPerLine, Math.floor(all / Math.max(1, people - 1)));
}
