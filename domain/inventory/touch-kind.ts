/**
 * What a change touched. `sku`: a catalogue item, an order of it or a person's word about it. `item`: a POS item that a
 * person or the storefront concerned; `till`: one that was read from the till. `pull` and `settings` mean everything, and
 * why: the whole till was read, or a person changed how all is decided.
 */
export type TouchKind = 'sku' | 'item' | 'till' | 'pull' | 'settings';
