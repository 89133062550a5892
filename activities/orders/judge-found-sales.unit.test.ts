import { expect, test } from 'vitest';
import type { TillSale } from '../../lightspeed/till.ts';
import { judgeFoundSales } from './judge-found-sales.ts';

const sale = (changes: Partial<TillSale> = {}): TillSale => ({
  saleId: '7',
  ticketNumber: '220000000007',
  completed: true,
  voided: false,
  archived: false,
  referenceNumber: '1001',
  referenceNumberSource: 'tillbridge:acme',
  calcTotal: '12.5',
  calcTax1: '0',
  calcTax2: '0',
  calcPayments: '12.5',
  balance: '0',
  change: '0',
  completedAt: new Date(0),
  timeStamp: new Date(0),
  ...changes,
});

test('no sale with the reference: there is none', () => {
  expect(judgeFoundSales([], '12.50')).toEqual({ kind: 'none' });
});

test('a completed sale of the same total is its sale (R24)', () => {
  expect(judgeFoundSales([sale()], '12.50')).toMatchObject({ kind: 'completed', sale: { saleId: '7' } });
});

test('an open sale is gone on with', () => {
  expect(judgeFoundSales([sale({ completed: false })], '12.50')).toEqual({ kind: 'open', saleId: '7' });
});

test.each([
  ['another total', [sale({ calcTotal: '13' })], 'sale-differs'],
  ['two completed sales', [sale(), sale({ saleId: '8' })], 'several-sales'],
  ['two open sales', [sale({ completed: false }), sale({ saleId: '8', completed: false })], 'several-sales'],
  ['a voided sale', [sale({ voided: true })], 'sale-voided'],
  ['a deleted open sale', [sale({ completed: false, archived: true })], 'sale-voided'],
])('%s: a person must decide', (_, sales, code) => {
  expect(judgeFoundSales(sales, '12.50')).toMatchObject({ kind: 'unclear', code });
});
