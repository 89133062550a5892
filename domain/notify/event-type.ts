/** Every event a storefront can receive. */
export const eventTypes = [
  'connection.connected',
  'connection.replaced',
  'connection.lost',
  'connection.restored',
  'connection.disconnected',
  'setup.completed',
  'setup.reminder',
  'settings.changed',
  'listings.changed',
  'mapping.pending',
  'sync.failed',
  'sync.recovered',
  'order.exported',
  'order.refunded',
  'order.attention',
  'attention.opened',
] as const;

export type EventType = (typeof eventTypes)[number];
