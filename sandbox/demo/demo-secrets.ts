import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const secrets = z.object({
  platformKey: z.string(),
  secretKeys: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  webhookSecret: z.string(),
});

/** What one demo installation keeps to itself between starts. */
export type DemoSecrets = z.infer<typeof secrets>;

/** Reads the data folder's secrets, or makes them at the first start; only the owner may read the file. */
export function demoSecrets(dataDir: string): DemoSecrets {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  const made: DemoSecrets = {
    platformKey: `tb_platform_${randomBytes(32).toString('base64url')}`,
    secretKeys: `demo:${randomBytes(32).toString('base64')}`,
    clientId: randomBytes(16).toString('hex'),
    clientSecret: randomBytes(32).toString('hex'),
    webhookSecret: `whsec_${randomBytes(32).toString('base64')}`,
  };
  writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}
