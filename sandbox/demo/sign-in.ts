/** Signs in at the sandbox's Lightspeed pages as a browser does: read the page, choose a user, approve, follow the way back. */
export async function signIn(
  authorizationUrl: string,
  user: { accountId: string; employeeId: string },
): Promise<SignInResult> {
  const page = await fetch(authorizationUrl);
  if (!page.ok) throw new Error(`Lightspeed's sign-in page answered ${page.status}`);
  await page.body?.cancel();
  const form = new URLSearchParams(new URL(authorizationUrl).searchParams);
  form.set('accountId', user.accountId);
  form.set('employeeId', user.employeeId);
  form.set('decision', 'approve');
  const { origin, pathname } = new URL(authorizationUrl);
  const approved = await fetch(`${origin}${pathname}`, { method: 'POST', body: form, redirect: 'manual' });
  const back = approved.headers.get('location');
  if (!back) throw new Error(`Lightspeed's sign-in page answered ${approved.status} without a way back`);
  const answer = await fetch(back, { headers: { accept: 'application/json' } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** What Tillbridge's callback said. */
export interface SignInResult {
  status: number;
  body: Record<string, unknown>;
}
