import type { Answer } from '../http/answer.ts';
import { plainAnswer } from '../http/answer.ts';
import type { Incoming } from '../http/incoming.ts';
import { jsonBody } from '../http/incoming.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { accountRoutes } from './account-routes.ts';
import { bookRoutes } from './book-routes.ts';
import type { ControlRoute } from './control-route.ts';
import { itemRoutes } from './item-routes.ts';
import { knobRoutes } from './knob-routes.ts';
import { staffRoutes } from './staff-routes.ts';

const base = '/__sandbox';
const routes: readonly ControlRoute[] = [...accountRoutes, ...itemRoutes, ...staffRoutes, ...bookRoutes, ...knobRoutes];
const patterns = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll(/:(\w+)/g, String.raw`(?<$1>\d+)`)}$`),
}));

export function isControlPath(path: string): boolean {
  return path === base || path.startsWith(`${base}/`);
}

/** Answers a call to the control plane, in JSON with real numbers and booleans; ids are strings, as on the wire. */
export function controlCall(world: World, incoming: Incoming): Answer {
  const path = incoming.url.pathname.slice(base.length).replace(/\/$/, '');
  try {
    if (path === '') return plainAnswer(200, overview(world));
    return plainAnswer(200, runControl(world, incoming.method, path, jsonBody(incoming)) ?? {});
  } catch (error) {
    if (error instanceof Refusal) return plainAnswer(error.status, { error: error.message });
    throw error;
  }
}

/** Runs a route; what it changes is kept whole or not at all. @throws Refusal */
export function runControl(world: World, method: string, path: string, body: unknown): unknown {
  for (const { route, pattern } of patterns) {
    const found = pattern.exec(path);
    if (!found || route.method !== method) continue;
    const ids = Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, Number(value)]));
    return world.changes.run(() => route.run({ world, ids, body }));
  }
  throw new Refusal(404, `There is no ${method} ${base}${path}; GET ${base} lists what there is.`);
}

function overview(world: World): unknown {
  return {
    ready: true,
    accounts: [...world.accounts.keys()].map(String),
    timeScale: world.clock.scale,
    now: new Date(world.clock.nowMs()).toISOString(),
    isLimited: world.isLimited,
    routes: routes.map(({ method, path, about }) => ({ method, path: base + path, about })),
  };
}
