import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { createDocument } from 'zod-openapi';
import type { ProblemCode } from '../../domain/problem.ts';
import { problemStatus } from '../../domain/problem.ts';
import type { Endpoint } from './endpoint.ts';
import { strict } from './parse-input.ts';
import { ProblemBody } from './problem-body.ts';

/**
 * The OpenAPI 3.1 document of these endpoints, from the very schemas that requests are held to.
 * @param guide Markdown for a reader who begins.
 */
export function describeApi(endpoints: readonly Endpoint[], publicUrl: string | undefined, guide: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: operation(endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Tillbridge',
      version: '1',
      description:
        'Links a Lightspeed Retail (R-Series) till to an online storefront. ' +
        'Every error is an RFC 9457 problem with a stable `code`; unknown fields are refused.\n\n' +
        `## The wizard by curl\n\n${guide}`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl ?? '/' }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key: `tb_…`' } },
      schemas: { Problem: ProblemBody },
    },
  });
}

function operation(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { params } = endpoint;
  const needsKey = endpoint.roles.length > 0;
  const who = needsKey ? `Roles: ${endpoint.roles.join(', ')}.` : 'No key needed.';
  return {
    operationId: `${endpoint.method}${endpoint.path.replaceAll(/[^A-Za-z0-9]+(\w)?/g, (_, letter?: string) => letter?.toUpperCase() ?? '')}`,
    summary: endpoint.summary,
    description: [endpoint.description, who].filter(Boolean).join('\n\n'),
    tags: [shelf(endpoint.path)],
    security: needsKey ? [{ key: [] }] : [],
    requestParams: {
      ...(params ? { path: params } : {}),
      ...(endpoint.query ? { query: strict(endpoint.query) } : {}),
    },
    ...(endpoint.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: endpoint.body } } } }
      : {}),
    responses: { ...success(endpoint), ...refusals(endpoint) },
  };
}

function success({ success }: Endpoint): ZodOpenApiOperationObject['responses'] {
  const type = success.contentType ?? (success.body ? 'application/json' : undefined);
  const schema = success.body ?? { type: 'string' as const };
  return {
    [`${success.status}`]: { description: 'Done', ...(type === undefined ? {} : { content: { [type]: { schema } } }) },
  };
}

/** By status, as OpenAPI wants it; the description lists the codes that share it. */
function refusals(endpoint: Endpoint): ZodOpenApiOperationObject['responses'] {
  const always: ProblemCode[] = ['bad-request', 'invalid', 'too-many-requests', 'internal'];
  const keyed: ProblemCode[] = endpoint.roles.length > 0 ? ['unauthenticated', 'forbidden'] : [];
  const tenant: ProblemCode[] = endpoint.path.includes(':') ? ['not-found'] : [];
  const body: ProblemCode[] = endpoint.body ? ['malformed-json', 'body-too-large', 'unsupported-media-type'] : [];
  const codes = new Set([...always, ...keyed, ...tenant, ...body, ...(endpoint.problems ?? [])]);
  const byStatus = Map.groupBy(codes, (code) => problemStatus[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      `${status}` as const,
      {
        description: list.map((code) => `\`${code}\``).join(', '),
        content: { 'application/problem+json': { schema: ProblemBody } },
      },
    ]),
  );
}

function shelf(path: string): string {
  const [first = 'service', , , third] = path.split('/').filter(Boolean);
  if (first !== 'v1') return first === 'oauth' ? 'setup' : 'service';
  return third ?? 'tenants';
}
