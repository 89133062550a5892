import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 30_000;
const pauseMs = 250;

/** One answer of Tillbridge's API. `body` is parsed JSON, or null. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Calls Tillbridge's public API over HTTP, as any client would. */
export type ApiClient = ReturnType<typeof createApiClient>;

/** @param key the bearer key to send, if any. */
export function createApiClient(baseUrl: string, key: string | null) {
  const send = (method: string, path: string, body?: unknown) =>
    fetch(new URL(path, baseUrl), {
      method,
      headers: {
        accept: 'application/json',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await send(method, path, body);
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
  return {
    call,
    /** For what is no JSON. @throws Error unless the answer is a success. */
    async text(method: string, path: string): Promise<string> {
      const response = await send(method, path);
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
      return response.text();
    },
    /**
     * Asks again for a while when the API says that it takes longer: what it began goes on, and is not begun twice.
     * @throws Error with the problem's own words unless the answer is a success.
     */
    async expect(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
      const deadline = performance.now() + patienceMs;
      let answer = await call(method, path, body);
      while (answer.status === 503 && performance.now() < deadline) {
        await pause(pauseMs);
        answer = await call(method, path, body);
      }
      if (answer.status < 300) return answer.body;
      const { code, detail } = answer.body as { code?: string; detail?: string };
      throw new Error(
        `${method} ${path} answered ${answer.status} ${code ?? ''}: ${detail ?? JSON.stringify(answer.body)}`,
      );
    },
  };
}
