/** One request as it was answered; never a token, never a body. */
export type LoggedRequest = {
  at: string;
  method: string;
  path: string;
  account: number | undefined;
  /** Whose token, refresh token or code was sent: the number of that sign-in. */
  signIn: number | undefined;
  /** What a token was asked for with: `refresh_token`, `authorization_code`. */
  grantType: string | undefined;
  status: number;
  cost: number | undefined;
  fault: string | undefined;
  ms: number;
};

const kept = 10_000;

/** The latest requests, and counts of all since the last reset. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #counters = new Map<string, number>();
  #spent = 0;

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > 2 * kept) this.#entries = this.#entries.slice(-kept);
    this.#count('requests');
    this.#count(`status.${entry.status}`);
    const resource = /^\/API\/(?:V3\/)?(?:Account\/\d+\/)?([A-Za-z]+)/.exec(entry.path)?.[1];
    if (resource) this.#count(`${entry.method} ${resource}`);
    if (entry.fault) this.#count(`fault.${entry.fault}`);
    this.#spent += entry.cost ?? 0;
  }

  list(): readonly LoggedRequest[] {
    return this.#entries.slice(-kept);
  }

  counters(): Record<string, number> {
    return {
      ...Object.fromEntries([...this.#counters].sort(([a], [b]) => (a < b ? -1 : 1))),
      drips: Math.round(this.#spent * 100) / 100,
    };
  }

  reset(): void {
    this.#entries = [];
    this.#counters = new Map();
    this.#spent = 0;
  }

  #count(name: string): void {
    this.#counters.set(name, (this.#counters.get(name) ?? 0) + 1);
  }
}
