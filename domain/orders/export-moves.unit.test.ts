import { expect, test } from 'vitest';
import type { ExportState } from './export-moves.ts';
import { canMove, exportMoves, exportStates } from './export-moves.ts';

const reachableFrom = (start: ExportState): Set<ExportState> => {
  const seen = new Set<ExportState>();
  const open: ExportState[] = [start];
  for (let state = open.pop(); state; state = open.pop()) {
    for (const next of exportMoves[state]) {
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  return seen;
};

test('R24: an exported or settled order can never be sent again, whatever moves are made', () => {
  for (const state of ['exported', 'resolved'] as const) {
    expect([...reachableFrom(state)].sort()).toEqual(['exported', 'resolved']);
  }
});

test('every state can be reached from waiting and has a way out', () => {
  expect(new Set([...reachableFrom('waiting'), 'waiting'])).toEqual(new Set(exportStates));
  for (const state of exportStates) expect(exportMoves[state].length, state).toBeGreaterThan(0);
});

test('only a claim sends: nothing is in doubt that was not claimed', () => {
  expect(exportStates.filter((state) => canMove(state, 'in-doubt'))).toEqual(['claimed']);
});

test('an order whose sending is in doubt is not cancelled before the till was asked', () => {
  expect(canMove('in-doubt', 'cancelled')).toBe(false);
  expect(canMove('claimed', 'cancelled')).toBe(false);
  expect(canMove('in-doubt', 'waiting')).toBe(true);
});

test('staying is not a move', () => {
  for (const state of exportStates) expect(canMove(state, state), state).toBe(false);
});
