import { z } from 'zod';
import { FaultRule } from '../faults/fault-rules.ts';
import { switchTable } from '../switches.ts';
import { Refusal } from '../wire/refusal.ts';
import type { ControlInput, ControlRoute } from './control-route.ts';
import { booksOf, readControl } from './control-route.ts';

const Positions = z.record(z.string(), z.string());

/** What bends the whole sandbox. */
export const knobRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/switches',
    about: 'Every switch with its position {name: value}',
    run: ({ world }) => world.switches.list(),
  },
  {
    method: 'GET',
    path: '/switches/table',
    about: 'What each switch means, and its positions, the default first',
    run: () => switchTable,
  },
  {
    method: 'PUT',
    path: '/switches',
    about: 'Sets switches {name: value}',
    run: (input) => setSwitches(input, undefined),
  },
  {
    method: 'DELETE',
    path: '/switches',
    about: 'All switches back to their defaults',
    run: ({ world }) => world.switches.reset(),
  },
  {
    method: 'PUT',
    path: '/accounts/:account/switches',
    about: 'Sets switches for one account {name: value}',
    run: (input) => setSwitches(input, booksOf(input).account),
  },
  {
    method: 'GET',
    path: '/faults',
    about: 'The fault rules, with what each has seen and hit',
    run: ({ world }) => ({ faults: world.faults.list() }),
  },
  {
    method: 'POST',
    path: '/faults',
    about: 'A rule {fault: {kind, …}, method?, path?, query?, account?, nth?, count?, probability?} → {id}',
    run: ({ world, body }) => ({ id: world.faults.add(readControl(FaultRule, body)) }),
  },
  { method: 'DELETE', path: '/faults', about: 'Takes all rules away', run: ({ world }) => world.faults.clear() },
  {
    method: 'DELETE',
    path: '/accounts/:account/faults',
    about: 'Takes the rules for one account away',
    run: (input) => input.world.faults.clear(booksOf(input).account),
  },
  {
    method: 'POST',
    path: '/clock',
    about: 'Moves the clock forward {advanceMs}',
    run({ world, body }) {
      world.clock.advance(readControl(z.strictObject({ advanceMs: z.number().min(0) }), body).advanceMs / 1000);
      return { now: new Date(world.clock.nowMs()).toISOString() };
    },
  },
  {
    method: 'PUT',
    path: '/limiter',
    about: 'Rate limiting on or off {isLimited}; empties the buckets',
    run({ world, body }) {
      world.isLimited = readControl(z.strictObject({ isLimited: z.boolean() }), body).isLimited;
      world.limiter.reset();
    },
  },
  {
    method: 'GET',
    path: '/requests',
    about: 'The latest 10,000 requests, and counts of all',
    run: ({ world }) => ({ counters: world.log.counters(), requests: world.log.list() }),
  },
  { method: 'DELETE', path: '/requests', about: 'Forgets them', run: ({ world }) => world.log.reset() },
];

function setSwitches({ world, body }: ControlInput, account: number | undefined): unknown {
  for (const [name, position] of Object.entries(readControl(Positions, body))) {
    try {
      world.switches.set(name, position, account);
    } catch (error) {
      throw new Refusal(400, error instanceof Error ? error.message : String(error));
    }
  }
  return world.switches.list(account);
}
