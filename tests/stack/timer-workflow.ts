import { proxyActivities, sleep } from '@temporalio/workflow';

const { step } = proxyActivities<{ step: (n: number) => Promise<number> }>({ startToCloseTimeout: '10s' });

/** Waits for as long as it takes to kill a server, then answers. */
export async function waitAndAnswer(): Promise<string> {
  await sleep(2_000);
  return 'went on';
}

/** Eight steps, one after the other. */
export async function eightSteps(): Promise<void> {
  for (let n = 0; n < 8; n++) await step(n);
}
