import type { Fault } from '../faults/fault.ts';
import type { World } from '../world.ts';
import { runControl } from './control-call.ts';

/** Runs the edits of a fault on the account that the request was for; their paths are relative to the account's. */
export function runEdits(world: World, path: string, edits: (Fault & { kind: 'edit' })['edits']): void {
  const account = /\/Account\/(\d+)/.exec(path)?.[1] ?? String([...world.accounts.keys()][0]);
  for (const { method, path, body } of edits)
    runControl(world, method.toUpperCase(), `/accounts/${account}/${path.replace(/^\//, '')}`, body);
}
