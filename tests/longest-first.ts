import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Files that take more than half a minute, the longest first. */
const longest = [
  'orders/order-faults.test.ts',
  'inventory/worker-lost.test.ts',
  'inventory/sync-faults.test.ts',
  'orders/exactly-once.test.ts',
  'setup/connect-faults.test.ts',
];

/** Begins the longest files first, also where no earlier run has told how long they take: none is left alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((file) => moduleId.endsWith(`/tests/${file}`));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other)); // stable: the others stay as they are
  }
}
