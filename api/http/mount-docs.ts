import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Express } from 'express';
import { describeApi } from './describe-api.ts';
import type { Endpoint } from './endpoint.ts';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tillbridge API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="page"></div>
<noscript>This page needs JavaScript; the same is in <a href="/openapi.json">openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

// Without `validatorUrl: null` the page would show a badge from a validator on the internet.
const START = `SwaggerUIBundle({
  url: '/openapi.json', dom_id: '#page', validatorUrl: null, deepLinking: true, persistAuthorization: false,
  docExpansion: 'none', supportedSubmitMethods: ['get', 'put', 'post', 'delete'],
});
`;

/** Everything from this origin; Swagger UI writes style attributes of its own. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

const assets = { 'swagger-ui.css': 'css', 'swagger-ui-bundle.js': 'js', 'favicon-32x32.png': 'png' } as const;

/** `/openapi.json`, and `/docs`, a page that reads it and works without internet. */
export function mountDocs(app: Express, endpoints: readonly Endpoint[], publicUrl: string | undefined): void {
  const guide = readFileSync(new URL('../wizard-by-curl.md', import.meta.url), 'utf8');
  const document = JSON.stringify(describeApi(endpoints, publicUrl, guide));
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  app.get('/openapi.json', (_req, res) => {
    res.type('json').send(document);
  });
  app.get('/docs', (_req, res) => {
    res.set('content-security-policy', CSP).type('html').send(PAGE);
  });
  app.get('/docs/start.js', (_req, res) => {
    res.type('js').send(START);
  });
  for (const [name, type] of Object.entries(assets)) {
    app.get(`/docs/${name}`, async (_req, res) => {
      res
        .set('cache-control', 'public, max-age=3600')
        .type(type)
        .send(await readFile(join(folder, name)));
    });
  }
}
