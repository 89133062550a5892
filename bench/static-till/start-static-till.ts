import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The static till: where it is, what its client and its account are called. */
export interface StaticTill {
  origin: string;
  apiUrl: string;
  /** The first page of the account's items with their stock: what a full pull asks for first. */
  firstPage: string;
  pages: number;
  authUrl: string;
  controlUrl: string;
  clientId: string;
  clientSecret: string;
  accountId: string;
  /** Of the account's owner, without a sign-in. */
  accessToken: string;
  setRedirectUri(uri: string): void;
  /** The next request for this page, counted from 0, is answered 429. */
  refusePage(page: number): void;
  stop(): void;
}

/** Starts the static till with an account of so many items, all pages rendered. */
export async function startStaticTill(items: number): Promise<StaticTill> {
  const child = fork(fileURLToPath(new URL('process.ts', import.meta.url)), [String(items)], { stdio: 'inherit' });
  const facts = await new Promise<Omit<StaticTill, 'setRedirectUri' | 'refusePage' | 'stop'>>((resolve, reject) => {
    child.once('message', (message) => resolve(message as StaticTill));
    child.once('exit', (code) => reject(new Error(`the static till ended with ${code}`)));
  });
  return {
    ...facts,
    setRedirectUri: (redirectUri) => void child.send({ redirectUri }),
    refusePage: (refusePage) => void child.send({ refusePage }),
    stop: () => child.disconnect(),
  };
}
