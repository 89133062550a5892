import type { AuditedSaleState, AuditFinding } from '../../domain/orders/audit-finding.ts';

/** One row of a ledger beside the sales that audits have seen of it. Money as decimal strings. */
export interface AuditedRow {
  isKnown: boolean;
  isExported: boolean;
  ticketNumber: string | null;
  exportedTotal: string | null;
  /** Of its own sale; null: nothing of it has changed. */
  ownState: AuditedSaleState | null;
  ownTotal: string | null;
  /** Completed sales of it that aren't its own. */
  others: { saleId: string; ticketNumber: string; total: string }[];
}

/** What differs between the ledger's row and the till. */
export function auditFindingsOf(row: AuditedRow): AuditFinding[] {
  const { isKnown, isExported, others, ownTotal } = row;
  if (!isExported) return [{ kind: 'sale-not-exported', others, isKnown }];
  const found: AuditFinding[] = [];
  const ticketNumber = row.ticketNumber ?? '';
  const exportedTotal = row.exportedTotal ?? '0';
  const gone = goneAs(row);
  if (gone !== null) found.push({ kind: 'sale-missing', ticketNumber, saleState: gone });
  else if (ownTotal !== null && Number(ownTotal) !== Number(exportedTotal)) {
    found.push({ kind: 'sale-changed', ticketNumber, exportedTotal, total: ownTotal });
  }
  if (others.length > 0) found.push({ kind: 'second-sale', ticketNumber, others });
  return found;
}

/** The one sale that can only be the row's instead of its own, which is gone. */
export function replacementOf(row: AuditedRow): string | null {
  const [only, ...more] = row.others;
  if (!row.isExported || goneAs(row) === null || !only || more.length > 0) return null;
  return Number(only.total) === Number(row.exportedTotal ?? '0') ? only.saleId : null;
}

/** What has become of its own sale, if it no longer stands. */
function goneAs({ ownState }: AuditedRow): Exclude<AuditedSaleState, 'completed'> | null {
  return ownState === 'completed' ? null : ownState;
}
