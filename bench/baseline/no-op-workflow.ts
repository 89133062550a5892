import { proxyActivities } from '@temporalio/workflow';

const { noOp } = proxyActivities<{ noOp: () => Promise<void> }>({ startToCloseTimeout: '10s' });

/** A workflow that does nothing but take its steps: what Temporal itself costs. */
export async function noOpWorkflow(steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) await noOp();
}
