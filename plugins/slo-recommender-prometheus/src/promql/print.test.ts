import { InputError } from '@backstage/errors';
import { parsePromQL } from '../__testUtils__/parsePromQL';
import {
  binary,
  call,
  groupBy,
  histogramCount,
  type InstantExpression,
  labelledUnion,
  number,
  quantileOf,
  sumBy,
  vector,
  withLabel,
} from './expressions';
import { printExpression, printSelector } from './print';

describe('printExpression', () => {
  const calls = vector('calls_total', [
    { label: 'service_name', operator: '=', value: 'cart' },
  ]);
  const cases: Array<[string, InstantExpression, string]> = [
    ['a metric', vector('up'), 'up{}'],
    ['a matcher', calls, 'calls_total{service_name="cart"}'],
    [
      'several matchers',
      vector('m', [
        { label: 'a', operator: '!=', value: '' },
        { label: 'b', operator: 'in', values: ['x', 'y.z'] },
        { label: 'c', operator: 'not in', values: ['w'] },
      ]),
      'm{a!="",b=~"x|y\\\\.z",c!~"w"}',
    ],
    [
      'a range with an offset',
      call('increase', {
        type: 'range',
        vector: { ...vector('m'), offsetSeconds: 3600 },
        rangeSeconds: 960,
      }),
      'increase(m{}[960s] offset 3600s)',
    ],
    [
      'a subquery',
      call('sum_over_time', {
        type: 'subquery',
        expression: groupBy(['job'], vector('m')),
        rangeSeconds: 60,
        stepSeconds: 10,
      }),
      'sum_over_time((group by (job) (m{}))[60s:10s])',
    ],
    [
      'a quoted metric and label',
      sumBy(
        ['service.name'],
        vector('http.server.request.duration_count', [
          { label: 'http.route', operator: '=', value: '/' },
          { label: 'job', operator: '!=', value: '' },
        ]),
      ),
      'sum by ("service.name") ({"http.server.request.duration_count","http.route"="/",job!=""})',
    ],
    [
      'metrics by their name',
      vector(undefined, [
        { label: '__name__', operator: 'in', values: ['a.b', 'c'] },
      ]),
      '{__name__=~"a\\\\.b|c"}',
    ],
    [
      'a quantile of a native histogram',
      quantileOf(0.99, histogramCount(vector('h'))),
      'histogram_quantile(0.99, histogram_count(h{}))',
    ],
    [
      'a label that is set on a condition, and removed',
      withLabel(
        withLabel(vector('m'), 'outcome', 'a$1', {
          label: 'code',
          pattern: '5..',
        }),
        'code',
        '',
      ),
      'label_replace(label_replace(m{}, "outcome", "a$$1", "code", "5.."), "code", "", "", "")',
    ],
    [
      'several expressions told apart by a label',
      labelledUnion(
        'part',
        new Map([
          ['x', vector('a')],
          ['y', vector('b')],
        ]),
      ),
      '(label_replace(a{}, "part", "x", "", "")) or (label_replace(b{}, "part", "y", "", ""))',
    ],
    ['a sum over everything', sumBy([], vector('m')), 'sum by () (m{})'],
    [
      'nested operators in parentheses',
      binary(
        binary(vector('a'), '-', vector('b')),
        'and',
        binary(vector('c'), '>', number(0)),
        ['job', 'instance'],
      ),
      '((a{}) - ignoring () (b{})) and on (job, instance) ((c{}) > (0))',
    ],
    [
      'a number that is larger than any',
      binary(vector('a'), '*', number(Infinity)),
      '(a{}) * (Inf)',
    ],
  ];

  it.each(cases)('prints %s', (_, expression, text) => {
    expect(printExpression(expression)).toBe(text);
    expect(parsePromQL(text).nodes[0]).toBe('PromQL');
  });

  it.each([
    ['an empty metric name', vector('')],
    ['an empty label name', sumBy([''], vector('up'))],
    [
      'an empty label name in a matcher',
      vector('up', [{ label: '', operator: '=', value: '' }]),
    ],
    [
      'half a surrogate pair',
      vector('up', [{ label: 'a', operator: '=', value: '\ud800' }]),
    ],
    [
      'no alternative',
      vector('up', [{ label: 'a', operator: 'in', values: [] }]),
    ],
  ])('refuses %s that cannot be printed', (_, expression) => {
    expect(() => printExpression(expression)).toThrow(InputError);
  });
});

describe('printSelector', () => {
  it('prints what match[] takes', () => {
    expect(
      printSelector(vector('m', [{ label: 'a', operator: '=', value: '"' }])),
    ).toBe('m{a="\\""}');
  });
});
