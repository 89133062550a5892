/** One answer of Tillbridge's API. `body` is parsed JSON, or null. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Calls Tillbridge's public API over HTTP, as any client would. */
export type ApiClient = ReturnType<typeof createApiClient>;

/** @param key the bearer key to send, if any. */
export function createApiClient(baseUrl: string, key: string | null) {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(new URL(path, baseUrl), {
      method,
      headers: {
        accept: 'application/json',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
  return {
    call,
    /** @throws Error with the problem's own words unless the answer is a success. */
    async expect(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
      const answer = await call(method, path, body);
      if (answer.status < 300) return answer.body;
      const { code, detail } = answer.body as { code?: string; detail?: string };
      throw new Error(
        `${method} ${path} answered ${answer.status} ${code ?? ''}: ${detail ?? JSON.stringify(answer.body)}`,
      );
    },
  };
}
