/**
 * Every behaviour that the vendor leaves undocumented or has changed. The first position is the default.
 * A product must survive both positions of each.
 */
export const switchTable = {
  'reference-filter': {
    positions: ['honoured', 'ignored'],
    about: 'Whether Sale filters by referenceNumber and referenceNumberSource work. [GUESS] no explicit doc line',
  },
  'account-tax': {
    positions: ['exclusive', 'inclusive'],
    about: 'Whether prices contain the tax. Calc formula of inclusive accounts undocumented [GUESS]',
  },
  'item-fees': {
    positions: ['not', 'added'],
    about: "Whether an item's fees become lines of a sale made by the API. Not stated [GUESS]",
  },
  'discount-amount': {
    positions: ['per-line', 'per-unit'],
    about: "Whether a line's discountAmount is for the line or for each unit. Not stated [GUESS]",
  },
  'refresh-revocation': {
    positions: ['on-first-use', 'at-once'],
    about:
      'When the old refresh token dies: at first use of the new access token (since 2026-01-15), or at the refresh',
  },
  'barred-refresh': {
    positions: ['refused', 'granted'],
    about:
      "Whether a locked or archived employee's tokens can still be refreshed; no call is allowed. Not stated [GUESS]",
  },
  'closed-register': {
    positions: ['accepted', 'refused'],
    about: 'Whether a sale may be completed on a closed register. Not documented [GUESS]',
  },
  'burst-limit': { positions: ['on', 'off'], about: 'The limiter of one-second windows (added 2025-07-10)' },
  'unknown-parameter': { positions: ['ignored', 'refused'], about: 'Unknown query parameters. Undocumented [GUESS]' },
  'completed-timestamp': {
    positions: ['change', 'completion'],
    about:
      "What a completed sale's timeStamp is when its completeTime is given: of the change, or that time. The docs say both [GUESS]",
  },
  overpayment: {
    positions: ['refused', 'accepted'],
    about: 'Payments other than cash above the total. Undocumented [GUESS]',
  },
  'error-status-completion': {
    positions: ['400', '422'],
    about: 'Status of a refused completion. Exact status unpublished [GUESS]',
  },
  'average-cost-row': {
    positions: ['zero', 'absent'],
    about: 'averageCost of a shop\'s ItemShop row: "0" or no key at all. Not stated [GUESS]',
  },
  'remote-reference-unique': {
    positions: ['no', 'yes'],
    about: 'Whether a second payment with the same remoteReference is refused. Enforcement undocumented [GUESS]',
  },
  'auth-401': {
    positions: ['new', 'old'],
    about: 'Shape of the 401 for a bad access token: new or old authorization server',
  },
  'sale-update-time': {
    positions: ['updateTime', 'updatetime'],
    about: 'Name of that Sale field: tutorials and samples have updateTime, the endpoint page updatetime',
  },
} as const satisfies Record<string, { positions: readonly [string, ...string[]]; about: string }>;

export type SwitchName = keyof typeof switchTable;
export type SwitchPosition<N extends SwitchName> = (typeof switchTable)[N]['positions'][number];

/** The positions of all switches, for the whole sandbox and, where one differs, for one account. */
export class Switches {
  readonly #all = new Map<string, string>();
  readonly #byAccount = new Map<number, Map<string, string>>();

  /** Sets a switch, for one account if one is named. @throws RangeError that lists the names or positions there are */
  set(name: string, position: string, account?: number): void {
    if (!Object.hasOwn(switchTable, name)) {
      throw new RangeError(`no switch "${name}"; there are ${Object.keys(switchTable).join(', ')}`);
    }
    const positions: readonly string[] = switchTable[name as SwitchName].positions;
    if (!positions.includes(position)) throw new RangeError(`switch ${name} is one of ${positions.join(', ')}`);
    if (account === undefined) this.#all.set(name, position);
    else this.#byAccount.set(account, (this.#byAccount.get(account) ?? new Map<string, string>()).set(name, position));
  }

  get<N extends SwitchName>(name: N, account: number): SwitchPosition<N> {
    const position = this.#byAccount.get(account)?.get(name) ?? this.#all.get(name) ?? switchTable[name].positions[0];
    return position as SwitchPosition<N>;
  }

  /** Every switch with its position for `account` (0: the whole sandbox). */
  list(account = 0): Record<SwitchName, string> {
    const names = Object.keys(switchTable) as SwitchName[];
    return Object.fromEntries(names.map((name) => [name, this.get(name, account)])) as Record<SwitchName, string>;
  }

  /** All back to the defaults. */
  reset(): void {
    this.#all.clear();
    this.#byAccount.clear();
  }
}
