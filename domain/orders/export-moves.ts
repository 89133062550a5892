/**
 * Every move of an order's export in the ledger; the query that makes a move refuses one that is not here, and puts
 * the *from* state into its `where`. The states:
 * - `waiting`: not sent; why is worked out from the facts (unbalanced, export off, the till is down, …).
 * - `claimed`: one worker may send until its deadline.
 * - `in-doubt`: something may have been sent; nothing is sent again before two look-ups after the settle window.
 * - `exported`: the till has the completed sale (R23). Later differences (edited, cancelled or doubled since) are rows
 *   of `attention`, not moves, so that no button can send the order again.
 * - `attention`: a person must decide (R36).
 * - `cancelled`: by the storefront, before anything was sent.
 * - `not-exported`: nothing to export (gift cards only, wholly refunded) or never to be exported, by hand.
 * - `resolved`: settled by hand as a ticket that is in the till already (R33).
 *
 * `exported` and `resolved` never lead back to `claimed`: that is what makes R24 hold for ever.
 */
export const exportMoves = {
  /** `exported`: the look-up before the first POST finds the sale of an earlier installation or a lost database. */
  waiting: ['claimed', 'exported', 'attention', 'cancelled', 'not-exported', 'resolved'],
  /** `waiting`: given back, because it is certain that nothing was sent (no token, no budget, refused connection). */
  claimed: ['exported', 'in-doubt', 'attention', 'waiting'],
  /** `waiting`: both look-ups were empty: the order is sent again, if it still may be. */
  'in-doubt': ['exported', 'waiting', 'attention', 'resolved'],
  /** `exported`: accepted as it stands. `waiting`: retried; the look-up comes before any POST. */
  attention: ['waiting', 'exported', 'cancelled', 'not-exported', 'resolved'],
  /** `waiting`: reinstated by the storefront or exported by hand. */
  cancelled: ['waiting', 'resolved'],
  /** `waiting`: the order has changed so that there is something to export, or a person has changed their mind. */
  'not-exported': ['waiting', 'cancelled', 'resolved'],
  /** `resolved`: a person has settled a difference found after the export. */
  exported: ['resolved'],
  /** `exported`: that ticket is gone from the till, and the audit finds one sale of the order that can only be its own. */
  resolved: ['exported'],
} as const satisfies Record<string, readonly string[]>;

export type ExportState = keyof typeof exportMoves;

/** Every state, in the order in which an order meets them. */
export const exportStates = Object.keys(exportMoves) as ExportState[];

/** Whether the ledger may go from one state to the other. Staying in a state is not a move. */
export function canMove(from: ExportState, to: ExportState): boolean {
  const moves: readonly ExportState[] = exportMoves[from];
  return moves.includes(to);
}
