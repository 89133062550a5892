import type { AccountBooks } from '../books/account-books.ts';
import type { World } from '../world.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { authorizeFields } from './authorize-request.ts';

/** Who has signed in before in this browser. */
export type SignedIn = { account: number; employeeID: number };

/** The page where somebody signs in and approves or denies; each account is a form of its own that works without scripts. */
export function signInPage(
  world: World,
  request: AuthorizeRequest,
  fields: Record<string, string>,
  signedIn: SignedIn | undefined,
): string {
  const hidden = authorizeFields
    .map((name) => `<input type="hidden" name="${name}" value="${escapeHtml(fields[name] ?? '')}">`)
    .join('');
  const forms = [...world.accounts.values()].map((books) => accountForm(world, books, hidden, signedIn)).join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in to the Lightspeed sandbox</title>
<style>body{font-family:sans-serif;max-width:40rem;margin:2rem auto}form{border:1px solid #ccc;padding:1rem;margin:1rem 0}</style></head>
<body><h1>Allow ${escapeHtml(request.client.clientId)} to use your account?</h1>
<p>It asks for: <code>${escapeHtml(request.scope)}</code></p>
${forms}
</body></html>`;
}

function accountForm(world: World, books: AccountBooks, hidden: string, signedIn: SignedIn | undefined): string {
  const { account } = books;
  const options = [...books.employees.all()]
    .filter((employee) => !employee.archived)
    .map(({ employeeID, firstName, lastName, employeeRoleID, lockOut }) => {
      const role = books.employeeRoles.get(employeeRoleID)?.name ?? 'own rights';
      const isChosen = signedIn?.account === account && signedIn.employeeID === employeeID;
      const title = `${firstName} ${lastName} (${role}${lockOut ? ', locked out' : ''})`;
      return `<option value="${employeeID}"${isChosen ? ' selected' : ''}>${escapeHtml(title)}</option>`;
    });
  return `<form method="post" action="/auth/oauth/authorize">${hidden}<input type="hidden" name="accountId" value="${account}">
<h2>${escapeHtml(world.oauth.accounts.need(account).name)} (${account})</h2>
<label>Sign in as <select name="employeeId">${options.join('')}</select></label>
<button name="decision" value="approve">Approve</button> <button name="decision" value="deny">Deny</button></form>`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
