/** Who a key speaks for. `operator` reads and never writes. */
export const roles = ['platform', 'admin', 'storefront', 'operator'] as const;

export type Role = (typeof roles)[number];
