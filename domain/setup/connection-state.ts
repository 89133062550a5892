/**
 * `active`: tokens work. `lost`: Lightspeed refuses them; an admin must reconnect. `replaced`: another connection of
 * the same tenant took its place. `disconnected`: ended by an admin, or taken over by another tenant.
 */
export type ConnectionState = 'active' | 'lost' | 'replaced' | 'disconnected';
