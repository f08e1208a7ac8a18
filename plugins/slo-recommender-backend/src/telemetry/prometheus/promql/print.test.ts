import { InputError } from '@backstage/errors';
import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import {
  binary,
  call,
  groupBy,
  number,
  sumBy,
  vector,
  type InstantExpression,
  type LabelMatcher,
} from './expressions';
import { printExpression, printSelector } from './print';

interface ParsedMatcher {
  label: string;
  operator: string;
  value: string;
}

/** What a PromQL parser that is not ours reads; fails where it finds an error. */
function parse(query: string): { nodes: string[]; matchers: ParsedMatcher[] } {
  const nodes: string[] = [];
  const matchers: ParsedMatcher[] = [];
  parser.parse(query).iterate({
    enter({ node }) {
      if (node.type.isError) {
        throw new Error(`Not PromQL at ${node.from}: ${query}`);
      }
      nodes.push(node.name);
      if (node.name === 'UnquotedLabelMatcher') {
        const [label, operator, value] = [
          node.firstChild,
          node.firstChild?.nextSibling,
          node.lastChild,
        ].map(child => (child ? query.slice(child.from, child.to) : ''));
        matchers.push({ label, operator, value: unquote(value) });
      }
    },
  });
  return { nodes, matchers };
}

/** The value of a double-quoted string literal of Go, whose escapes PromQL has. */
function unquote(literal: string): string {
  expect(literal.at(0)).toBe('"');
  expect(literal.at(-1)).toBe('"');
  return literal
    .slice(1, -1)
    .replace(/\\u([0-9a-f]{4})|\\(.)/gsu, (_, code, character) =>
      code ? String.fromCharCode(parseInt(code, 16)) : character,
    );
}

const anyText = () => fc.string({ unit: 'binary', minLength: 1 });
const hostileText = () =>
  fc
    .array(
      fc.constantFrom(
        ...['"', '\\', '\n', '}', '{', '|', '(', ')', '[', ']', '*', '.', '+'],
        ...[
          '?',
          '^',
          '$',
          ',',
          '=~',
          '\\u',
          '#',
          "'",
          '`',
          '\0',
          '\u2028',
          'a',
        ],
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map(parts => parts.join(''));
const names = () => fc.oneof(anyText(), hostileText());
const selecting = (...matchers: LabelMatcher[]) =>
  printExpression(vector('calls_total', matchers));

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
    ['a sum over everything', sumBy([], vector('m')), 'sum by () (m{})'],
    [
      'nested operators in parentheses',
      binary(
        binary(vector('a'), '-', vector('b')),
        'and',
        binary(vector('c'), '>', number(0)),
        ['job', 'instance'],
      ),
      '((a{}) - (b{})) and on (job, instance) ((c{}) > (0))',
    ],
  ];

  it.each(cases)('prints %s', (_, expression, text) => {
    expect(printExpression(expression)).toBe(text);
    expect(parse(text).nodes[0]).toBe('PromQL');
  });

  it('quotes any text so that a parser reads the same', () => {
    fc.assert(
      fc.property(names(), value => {
        expect(
          parse(selecting({ label: 'name', operator: '=', value })),
        ).toMatchObject({
          nodes: parse('calls_total{name="plain"}').nodes,
          matchers: [{ label: 'name', operator: '=', value }],
        });
      }),
      { numRuns: 200 },
    );
  });

  it('matches exactly the given names as alternatives', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(names(), { minLength: 1, maxLength: 5 }),
        names(),
        (values, other) => {
          const query = selecting({ label: 'name', operator: 'in', values });
          const { nodes, matchers } = parse(query);
          expect(nodes).toEqual(parse('calls_total{name=~"plain"}').nodes);
          const pattern = new RegExp(`^(?:${matchers[0].value})$`, 'su');
          expect(values.filter(value => !pattern.test(value))).toEqual([]);
          expect(pattern.test(other)).toBe(values.includes(other));
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a metric name', vector('up{} or secret')],
    ['a label name', sumBy(['job) (up) #'], vector('up'))],
    [
      'a label name in a matcher',
      vector('up', [{ label: 'a="",b', operator: '=', value: '' }]),
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
