import { webAddress } from './webAddress';

it.each([
  ['https://ci.example.com/runs/1', true],
  ['http://ci.example.com', true],
  // eslint-disable-next-line no-script-url
  ['javascript:alert(1)', false],
  ['data:text/html,hello', false],
  ['//ci.example.com', false],
  ['runs/1', false],
  ['', false],
  [null, false],
])('%s becomes a link: %s', (url, linked) => {
  expect(webAddress(url)).toBe(linked ? url : undefined);
});
