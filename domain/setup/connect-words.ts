/** How an attempt to connect can end other than well. */
export type ConnectRefusal =
  | 'user-denied'
  | 'code-expired'
  | 'not-admin'
  | 'scope-missing'
  | 'account-mismatch'
  | 'account-connected-elsewhere'
  | 'lightspeed-down';

interface Words {
  message: string;
  remedy: string;
}

/** What the person in front of the browser is told when an attempt is refused, and what to do about it. */
export const connectWords: Record<ConnectRefusal, Words> = {
  'user-denied': {
    message: 'The connection was declined at Lightspeed.',
    remedy: 'Click Connect again and allow the access that Lightspeed asks about.',
  },
  'code-expired': {
    message: 'Lightspeed no longer accepts this sign-in: it is good for one minute, and once.',
    remedy: 'Click Connect again.',
  },
  'not-admin': {
    message: 'This Lightspeed user does not have the Admin role.',
    remedy:
      'Click Connect again and switch to a user with the Admin role (Owner or Manager as a title is not enough): if Lightspeed signs the same user in again without asking, sign out of Lightspeed first, or revoke the access given to this app in the settings of Lightspeed, and reconnect. Cookies need not be cleared, and whatever was connected before still is.',
  },
  'scope-missing': {
    message: 'Lightspeed has not granted every access that is needed.',
    remedy: 'Click Connect again and allow everything that Lightspeed asks about.',
  },
  'account-mismatch': {
    message: 'This is another Lightspeed account than before; shops, prices and mappings belong to the old one.',
    remedy:
      'Sign in to the former account, or confirm the change by connecting with "changeAccount": true: stores, pricing, order export and mappings belong to the former account and are then forgotten.',
  },
  'account-connected-elsewhere': {
    message: 'This Lightspeed account is connected to another storefront.',
    remedy: 'Connect with "takeOver": true to disconnect it there, or sign in to another account.',
  },
  'lightspeed-down': {
    message: 'Lightspeed did not answer as it should.',
    remedy: 'Click Connect again in a few minutes; whatever was connected before still is.',
  },
};

/** Names the user who signed in: only for the attempt's own row and the page that the person sees. */
export function notAdminMessage(userName: string): string {
  return `You signed in to Lightspeed as ${userName}, who does not have the Admin role.`;
}
