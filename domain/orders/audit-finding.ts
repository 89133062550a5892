import { formatMoney } from '../money.ts';

/** What an audit last saw of a sale: `gone` is one that the till no longer has. */
export type AuditedSaleState = 'completed' | 'open' | 'voided' | 'archived' | 'gone';

/** A sale in the till, as a person finds it. Money is a decimal string. */
interface FoundSale {
  ticketNumber: string;
  total: string;
}

/** How the till and the ledger differ about one order. */
export type AuditFinding =
  /** Beside the order's sale the till has others of the same reference. */
  | { kind: 'second-sale'; ticketNumber: string; others: readonly FoundSale[] }
  /** The till has a sale of an order that isn't exported, or that nobody has told of. */
  | { kind: 'sale-not-exported'; others: readonly FoundSale[]; isOrderKnown: boolean }
  | { kind: 'sale-missing'; ticketNumber: string; saleState: Exclude<AuditedSaleState, 'completed'> }
  | { kind: 'sale-changed'; ticketNumber: string; exportedTotal: string; total: string };

export type AuditFindingKind = AuditFinding['kind'];

/** The kinds, which are also the codes of what is told to people. */
export const auditFindingKinds = [
  'second-sale',
  'sale-not-exported',
  'sale-missing',
  'sale-changed',
] as const satisfies readonly AuditFindingKind[];

const whatBecame = {
  open: 'is no longer completed in the till',
  voided: 'was voided in the till',
  archived: 'was archived in the till',
  gone: 'is no longer in the till',
};

/** What a person is told of a difference, and what to do: a sale too many comes with the refund that is proposed. */
export function auditWords(finding: AuditFinding, currency: string): { message: string; remedy: string } {
  const money = (amount: string) => formatMoney(amount, currency);
  switch (finding.kind) {
    case 'second-sale': {
      const { ticketNumber, others } = finding;
      return {
        message: `The till has this order twice: beside its sale, ticket ${ticketNumber}, also ${tickets(others, money)}`,
        remedy: `Refund ${tickets(others, money)} in the till, then accept the order as it stands`,
      };
    }
    case 'sale-not-exported': {
      const { others, isOrderKnown } = finding;
      return isOrderKnown
        ? {
            message: `The till has ${tickets(others, money)} of this order, which is not exported`,
            remedy: 'Resolve the order as that ticket if it stands, else refund the ticket in the till',
          }
        : {
            message: `The till has ${tickets(others, money)} of an order that the storefront has not told of`,
            remedy: 'Send the order again from the storefront, or refund the ticket in the till',
          };
    }
    case 'sale-missing': {
      const { ticketNumber, saleState } = finding;
      return {
        message: `Ticket ${ticketNumber}, the sale of this order, ${whatBecame[saleState]}`,
        remedy: 'Book the sale again in the till and resolve the order as its ticket, or accept it as it stands',
      };
    }
    case 'sale-changed': {
      const { ticketNumber, exportedTotal, total } = finding;
      return {
        message: `Ticket ${ticketNumber} comes to ${money(total)} now; it was exported with ${money(exportedTotal)}`,
        remedy: 'Correct it in the till, or accept the order as it stands',
      };
    }
  }
}

function tickets(sales: readonly FoundSale[], money: (amount: string) => string): string {
  return sales.map(({ ticketNumber, total }) => `ticket ${ticketNumber} (${money(total)})`).join(' and ');
}
