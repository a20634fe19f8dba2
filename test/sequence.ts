import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Begins with what takes longest, also where no earlier run is known: what runs a whole service. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.includes('/test/journeys/');
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
