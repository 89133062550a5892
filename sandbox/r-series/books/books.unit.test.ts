import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Changes } from './changes.ts';
import { openAccountBooks } from './open-account-books.ts';

test('a call that throws leaves rows, indexes and orders as they were', () => {
  const changes = new Changes();
  const { items } = openAccountBooks(1, changes);
  const old = items.insert({ upc: '1', description: 'old' });
  const gone = items.insert({ upc: '2' });
  const work = () =>
    changes.run(() => {
      items.update(old, { upc: '3', description: 'new' });
      items.remove(gone);
      items.insert({ upc: '4' });
      throw new Error('refused');
    });
  expect(work).toThrow('refused');
  expect([...items.all()].map(({ upc }) => upc)).toEqual(['1', '2']);
  expect(items.by('upc', '1')).toEqual([old]);
  expect(items.by('upc', '3')).toEqual([]);
  expect(
    items
      .order('description')
      ?.rows()
      .map(({ description }) => description),
  ).toEqual(['', 'old']);
});

test('only whole calls reach the journal, inner ones with their outer', () => {
  const changes = new Changes();
  const kept: number[] = [];
  changes.keepIn((made) => kept.push(made.length));
  const { items } = openAccountBooks(1, changes);
  changes.run(() => {
    items.insert({});
    changes.run(() => items.insert({}));
  });
  expect(kept).toEqual([2]);
});

test('an order that is kept along equals one that is sorted anew', () => {
  const edit = fc.record({
    id: fc.integer({ min: 1, max: 30 }),
    time: fc.integer({ min: 0, max: 9 }),
    isRemoved: fc.boolean(),
    isRead: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 80 }), (edits) => {
      const { items } = openAccountBooks(1, new Changes());
      for (const { id, time, isRemoved, isRead } of edits) {
        const row = items.get(id);
        if (row && isRemoved) items.remove(row);
        else if (row) items.update(row, { timeStamp: time });
        else items.insert({ itemID: id, timeStamp: time });
        if (isRead) items.order('timeStamp')?.rows();
      }
      const anew = [...items.all()].sort((a, b) => a.timeStamp! - b.timeStamp! || a.itemID - b.itemID);
      expect(items.order('timeStamp')?.rows()).toEqual(anew);
    }),
  );
});
