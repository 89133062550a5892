import type { ShopBooks } from './shop-books.ts';

const SHOWN = 200;

/** The shop's only page: what it displays now, and what it was told. */
export function shopPage(books: ShopBooks): string {
  const displayed = books.displayed();
  const { verified, rejected, repeated } = books.counts;
  const goods = displayed.slice(0, SHOWN).map(({ sku, quantity, price, salePrice }) => {
    const item = books.items.get(sku);
    return [sku, item?.description ?? '', String(quantity), price ?? item?.price ?? '', salePrice ?? ''];
  });
  const orders = [...books.orders].map(([id, { status, isExported }]) => [id, status, isExported ? 'yes' : 'no']);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>Demo web shop</title><style>body{font:14px system-ui;margin:2em}td,th{text-align:left;padding:.2em 1em .2em 0}</style>
<h1>Demo web shop</h1>
<p>${displayed.length} of ${books.listings.size} listings displayed, up to version ${books.version}.
Webhooks: ${verified} verified, ${rejected} rejected, ${repeated} repeated.</p>
<h2>Events</h2>${table(
    ['Type', 'Count'],
    Object.entries(books.eventsByType()).map(([type, count]) => [type, String(count)]),
  )}
<h2>Orders</h2>${table(['Order', 'Status', 'In the till'], orders)}
<h2>On display</h2>${table(['SKU', 'Item', 'Quantity', 'Price', 'Sale price'], goods)}
${displayed.length > SHOWN ? `<p>… and ${displayed.length - SHOWN} more.</p>` : ''}</html>`;
}

function table(head: string[], rows: string[][]): string {
  if (rows.length === 0) return '<p>None yet.</p>';
  const row = (cells: string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${row(head, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
