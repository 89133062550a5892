/**
 * When changes that come from the till wait for a person. Losses are listings that would be hidden or run empty, counted
 * over 24 hours; shares are of what is displayed, between 0 and 1.
 */
export interface GuardSettings {
  /** So few changes are never held. */
  smallest: number;
  /** More losses than this share are held, */
  lossShare: number;
  /** and in any case more than this many. */
  mostLosses: number;
  /** A price that moves by more than this share of itself counts as far. */
  priceMove: number;
  /** More prices moved far than this share are held. */
  priceShare: number;
}

export const defaultGuard = {
  smallest: 5,
  lossShare: 0.2,
  mostLosses: 500,
  priceMove: 0.5,
  priceShare: 0.05,
} as const satisfies GuardSettings;
