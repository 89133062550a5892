import { expect, test } from 'vitest';
import { guardTarget, isPublicAddress, resolveTarget } from './guard-target.ts';

const inside = [
  '127.0.0.1',
  '127.8.9.10',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:169.254.169.254',
  '::ffff:a00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  '::7f00:1',
  'fec0::1',
];

test.each(inside)('%s is not called', async (address) => {
  expect(isPublicAddress(address)).toBe(false);
  const host = address.includes(':') ? `[${address}]` : address;
  await expect(guardTarget(`https://${host}/hook`, false)).rejects.toThrow('private network');
  const resolve = async () => [{ address, family: address.includes(':') ? 6 : 4 }];
  await expect(guardTarget('https://shop.example/hook', false, resolve)).rejects.toThrow('private network');
});

test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1::1', '::ffff:8.8.8.8'])('%s may be called', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['https://2130706433/', 'private network'],
  ['https://0x7f.1/', 'private network'],
  ['https://0177.0.0.1/', 'private network'],
  ['http://shop.example/', 'https://'],
  ['file:///etc/passwd', 'https://'],
  ['https://user:word@shop.example/', 'user name'],
  ['https://shop.example/#x', 'fragment'],
  ['nonsense', 'Not a URL'],
])('%s is refused', async (url, why) => {
  await expect(guardTarget(url, false)).rejects.toThrow(why);
});

test('one private address among public ones refuses the name', async () => {
  const resolve = async () => [
    { address: '8.8.8.8', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ];
  await expect(resolveTarget('shop.example', false, resolve)).rejects.toThrow('private network');
});

test('an installation may allow its own network', async () => {
  await expect(guardTarget('http://127.0.0.1:9/hook', true)).resolves.toBeUndefined();
});
