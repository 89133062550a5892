import type { CallAnswer } from './create-caller.ts';
import { LightspeedError } from './lightspeed-error.ts';
import type { PagesParts } from './pages.ts';
import { pages } from './pages.ts';
import type { Till, TillSale } from './till.ts';
import { filterTime } from './till-request.ts';
import type { RowParser } from './wire/row-parser.ts';
import { onlyRow, rowsOf } from './wire/row-parser.ts';
import { saleParser, saleWithPartsParser } from './wire/sale.ts';
import { completionBody, saleBody } from './wire/sale-body.ts';

export type SalesCalls = Pick<
  Till,
  'salesByReference' | 'changedSalePages' | 'sale' | 'saleWithParts' | 'createSale' | 'completeSale'
>;

export function salesCalls(parts: PagesParts): SalesCalls {
  const { call } = parts;
  return {
    async salesByReference(number, source) {
      const query = { referenceNumber: number, referenceNumberSource: source, archived: 'true', limit: '100' };
      const answer = await call({ method: 'GET', resource: 'Sale', query });
      const rows = rowsOf(saleParser, answer.body);
      const sales = rows.filter((row) => row.referenceNumber === number && row.referenceNumberSource === source);
      return { filterHonoured: sales.length === rows.length, sales };
    },
    changedSalePages(since, cursor, options) {
      const query = { archived: 'true', timeStamp: `>=,${filterTime(since)}`, sort: 'timeStamp', limit: '100' };
      return pages(parts, { method: 'GET', resource: 'Sale', query }, saleParser, cursor, options);
    },
    sale: (saleId) => ifThere(call({ method: 'GET', resource: 'Sale', id: saleId }), saleParser),
    saleWithParts(saleId) {
      const relations = ['SaleLines', 'SalePayments'];
      return ifThere(call({ method: 'GET', resource: 'Sale', id: saleId, relations }), saleWithPartsParser);
    },
    async createSale(sale, options) {
      return written(await call({ method: 'POST', resource: 'Sale', body: saleBody(sale) }, options));
    },
    async completeSale(saleId, payments, options, lines = []) {
      const body = completionBody(payments, lines);
      return written(await call({ method: 'PUT', resource: 'Sale', id: saleId, body }, options));
    },
  };
}

/** Null when the till has no such sale. */
async function ifThere<Row>(answer: Promise<CallAnswer>, parser: RowParser<Row>): Promise<Row | null> {
  try {
    return onlyRow(parser, (await answer).body);
  } catch (error) {
    if (LightspeedError.is(error, 'not-found')) return null;
    throw error;
  }
}

/** The sale of a write's answer. It stands in the till, even if the answer can't be read: look it up. */
function written({ body }: CallAnswer): TillSale {
  try {
    return onlyRow(saleParser, body);
  } catch (error) {
    throw new LightspeedError('in-doubt', 'The sale was taken, but the answer does not show it', { cause: error });
  }
}
