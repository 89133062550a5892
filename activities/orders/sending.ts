import type { WriteOptions } from '../../lightspeed/till.ts';

/** One send under a claim. */
export interface Sending {
  /** Set right before the first byte leaves: from then on only an answer tells what the till has. */
  mayHaveLeft: boolean;
  options: WriteOptions;
}

/** Another worker holds the export, or the deadline has passed: nothing may be sent. */
export class ClaimLost extends Error {}

/** The open sale in the till isn't the planned one: a person must decide. */
export class SaleDiffers extends Error {
  readonly words: { code: string; message: string; remedy: string };

  constructor(message: string) {
    super('The open sale differs from the planned one');
    const remedy = 'Complete or delete the open sale in Lightspeed, then resolve or retry the order';
    this.words = { code: 'open-sale-differs', message, remedy };
  }
}
