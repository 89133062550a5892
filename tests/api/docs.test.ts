import { expect } from 'vitest';
import { test } from '../stack-test.ts';
import { callApi } from './call-api.ts';

type Json = Record<string, unknown>;

/** Every object in a document, with where it lies. */
function* objectsIn(value: unknown, where = '#'): Generator<[string, Json]> {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) yield [where, value as Json];
  for (const [name, one] of Object.entries(value)) yield* objectsIn(one, `${where}/${name}`);
}

test('the OpenAPI document holds together', async ({ app }) => {
  const { body, headers } = await callApi(app.url, 'GET', '/openapi.json');
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Tillbridge', version: expect.any(String) } });
  const schemas = (body['components'] as { schemas: Json }).schemas;
  const ids = new Set<string>();
  for (const [where, object] of objectsIn(body)) {
    const ref = object['$ref'];
    if (typeof ref === 'string')
      expect([where, ref.replace('#/components/schemas/', '') in schemas]).toEqual([where, true]);
    const {
      operationId,
      responses,
      parameters = [],
    } = object as { operationId?: string; responses?: Json; parameters?: Json[] };
    if (operationId === undefined) continue;
    expect([operationId, ids.has(operationId)]).toEqual([operationId, false]);
    ids.add(operationId);
    expect(Object.keys(responses!).some((status) => /^[23]/.test(status))).toBe(true);
    const path = where.split('/').slice(2, -1).join('/');
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const declared = parameters.filter((one) => one['in'] === 'path').map((one) => String(one['name']));
    expect([where, declared.toSorted()]).toEqual([where, named.toSorted()]);
    for (const parameter of parameters) expect(parameter['schema'] !== undefined).toBe(true);
  }
  expect(ids.size).toBeGreaterThan(10);
});

test('the docs page works without internet', async ({ app }) => {
  const page = await callApi(app.url, 'GET', '/docs');
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  const csp = page.headers.get('content-security-policy')!;
  expect(csp).toContain("default-src 'none'");
  expect(csp).toContain("connect-src 'self'");
  expect(csp).not.toContain('http');
  const assets = [...page.text.matchAll(/(?:src|href)="(\/docs[^"]+)"/g)].map(([, path]) => path!);
  expect(assets.length).toBeGreaterThanOrEqual(4);
  for (const asset of assets) {
    const answer = await callApi(app.url, 'GET', asset);
    expect([asset, answer.status, answer.text.length > 50]).toEqual([asset, 200, true]);
  }
});
