import { formatMoney } from '../money.ts';

/** What an audit last saw of a sale: `gone` is one that the till no longer has. */
export type AuditedSaleState = 'completed' | 'open' | 'voided' | 'archived' | 'gone';

/** A sale in the till, as a person finds it. Money is a decimal string. */
interface FoundSale {
  ticketNumber: string;
  total: string;
}

/** How the till and the ledger differ about the sale of one order, or of one refund. */
export type AuditFinding =
  /** Beside its sale the till has others of the same reference. */
  | { kind: 'second-sale'; ticketNumber: string; others: readonly FoundSale[] }
  /** The till has a sale of what isn't exported, or what nobody has told of. */
  | { kind: 'sale-not-exported'; others: readonly FoundSale[]; isKnown: boolean }
  | { kind: 'sale-missing'; ticketNumber: string; saleState: Exclude<AuditedSaleState, 'completed'> }
  | { kind: 'sale-changed'; ticketNumber: string; exportedTotal: string; total: string };

const kinds = [
  'second-sale',
  'sale-not-exported',
  'sale-missing',
  'sale-changed',
] as const satisfies readonly AuditFinding['kind'][];

/** The code under which people are told: the kind, of a refund with its id, as an order may have several. */
export function auditCode({ kind }: AuditFinding, refundId: string | null): string {
  return refundId === null ? kind : `refund-${kind}-${refundId}`;
}

/** Whether an audit has told of this, so that an audit closes it. */
export function isAuditCode(code: string): boolean {
  return kinds.some((kind) => code === kind || code.startsWith(`refund-${kind}-`));
}

const whatBecame = {
  open: 'is no longer completed in the till',
  voided: 'was voided in the till',
  archived: 'was archived in the till',
  gone: 'is no longer in the till',
};

/** What a person is told of a difference, and what to do: a sale too many comes with the refund that is proposed. */
export function auditWords(
  finding: AuditFinding,
  refundId: string | null,
  currency: string,
): { message: string; remedy: string } {
  const money = (amount: string) => formatMoney(amount, currency);
  return refundId === null ? orderWords(finding, money) : refundWords(finding, refundId, money);
}

type Words = ReturnType<typeof auditWords>;
type Money = (amount: string) => string;

function orderWords(finding: AuditFinding, money: Money): Words {
  switch (finding.kind) {
    case 'second-sale': {
      const { ticketNumber, others } = finding;
      return {
        message: `The till has this order twice: beside its sale, ticket ${ticketNumber}, also ${tickets(others, money)}`,
        remedy: `Refund ${tickets(others, money)} in the till, then accept the order as it stands`,
      };
    }
    case 'sale-not-exported': {
      const { others, isKnown } = finding;
      return isKnown
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

function refundWords(finding: AuditFinding, refundId: string, money: Money): Words {
  switch (finding.kind) {
    case 'second-sale': {
      const { ticketNumber, others } = finding;
      return {
        message: `The till has refund ${refundId} twice: beside its sale, ticket ${ticketNumber}, also ${tickets(others, money)}`,
        remedy: `Void ${tickets(others, money)} in the till, or sell its lines again there, then accept the order as it stands`,
      };
    }
    case 'sale-not-exported': {
      const { others, isKnown } = finding;
      const found = `The till has ${tickets(others, money)} of refund ${refundId}, which`;
      return isKnown
        ? {
            message: `${found} is not exported`,
            remedy: 'Retry the refund if the ticket stands, and it is taken for its sale; else void it in the till',
          }
        : {
            message: `${found} the storefront has not told of`,
            remedy: 'Send the refund again from the storefront, or void the ticket in the till',
          };
    }
    case 'sale-missing': {
      const { ticketNumber, saleState } = finding;
      return {
        message: `Ticket ${ticketNumber}, the sale of refund ${refundId}, ${whatBecame[saleState]}`,
        remedy: 'Book the refund again in the till by hand, then accept the order as it stands',
      };
    }
    case 'sale-changed': {
      const { ticketNumber, exportedTotal, total } = finding;
      return {
        message: `Ticket ${ticketNumber} of refund ${refundId} comes to ${money(total)} now; ${money(exportedTotal)} were given back`,
        remedy: 'Correct it in the till, or accept the order as it stands',
      };
    }
  }
}

function tickets(sales: readonly FoundSale[], money: (amount: string) => string): string {
  return sales.map(({ ticketNumber, total }) => `ticket ${ticketNumber} (${money(total)})`).join(' and ');
}
