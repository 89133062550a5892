export interface Answer {
  status: number;
  headers: Headers;
  // What the API answers is what these tests are about: they look at it as it comes.
  body: Record<string, unknown>;
  text: string;
}

/** One request as a client would send it. A string body goes as it is, anything else as JSON. */
export async function callApi(
  url: string,
  method: string,
  path: string,
  options: { key?: string | undefined; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { key, body, headers = {} } = options;
  const answer = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : {} };
}

/** A new tenant, and a key of each role bound to it. */
export async function createTenant(url: string, platformKey: string, tenant: string) {
  const facts = { name: tenant, timeZone: 'America/New_York', currency: 'USD' };
  await callApi(url, 'PUT', `/v1/tenants/${tenant}`, { key: platformKey, body: facts });
  const keyOf = async (role: string) => {
    const body = { role, label: `${role} of ${tenant}` };
    const answer = await callApi(url, 'POST', `/v1/tenants/${tenant}/keys`, { key: platformKey, body });
    return { id: String(answer.body['id']), key: String(answer.body['key']) };
  };
  return {
    tenant,
    admin: await keyOf('admin'),
    storefront: await keyOf('storefront'),
    operator: await keyOf('operator'),
  };
}
