/** The sandbox's own time: runs `scale` times as fast as the wall clock, can be moved forward, never goes back. */
export class Clock {
  readonly scale: number;
  readonly #startedAt = performance.now();
  #baseMs: number;

  /** @param notBeforeMs the last moment that stored books know of, so that a restart does not turn time back */
  constructor(scale: number, notBeforeMs = 0) {
    this.scale = scale;
    this.#baseMs = Math.max(Date.now(), notBeforeMs);
  }

  nowMs(): number {
    return this.#baseMs + (performance.now() - this.#startedAt) * this.scale;
  }

  /** Whole epoch seconds, the resolution of every time on the wire. */
  now(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  advance(seconds: number): void {
    this.#baseMs += seconds * 1000;
  }

  /** Moves forward to `ms` if that lies ahead. */
  reach(ms: number): void {
    this.#baseMs += Math.max(0, ms - this.nowMs());
  }
}
