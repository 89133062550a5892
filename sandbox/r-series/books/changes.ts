import type { Row } from './row.ts';

/** One row that a call has changed; `before` is what a rollback restores, undefined for a row that is new. */
export type Change = { table: Restorable; row: Row; before: Row | undefined; removed: boolean };

/** What a table must offer so that a refused call leaves nothing behind. */
type Restorable = {
  readonly account: number;
  readonly name: string;
  idOf(row: Row): number;
  restore(change: Change): void;
  isHeld(row: Row): boolean;
};

/**
 * Collects what a call changes: a throw takes all of it back, success hands it to the journal before the answer goes out.
 * Calls are synchronous, so no two can be under way at once.
 */
export class Changes {
  #open: Change[] | undefined;
  #keep: ((changes: readonly Change[]) => void) | undefined;

  /** Names who is told of every committed call. */
  keepIn(keep: (changes: readonly Change[]) => void): void {
    this.#keep = keep;
  }

  record(change: Change): void {
    this.#open?.push(change);
  }

  /** Runs `work` as one transaction; inner runs join the outer one. */
  run<T>(work: () => T): T {
    if (this.#open) return work();
    const changes: Change[] = [];
    this.#open = changes;
    try {
      const result = work();
      if (changes.length > 0) this.#keep?.(changes);
      return result;
    } catch (error) {
      this.#open = undefined;
      for (const change of changes.reverse()) change.table.restore(change);
      throw error;
    } finally {
      this.#open = undefined;
    }
  }
}
