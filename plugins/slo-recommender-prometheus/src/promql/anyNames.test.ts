import fc from 'fast-check';
import { parsePromQL } from '../__testUtils__/parsePromQL';
import { type LabelMatcher, sumBy, vector } from './expressions';
import { printExpression } from './print';

/** Runs of a property; `npm run test:exhaustive` raises the limit. */
const upTo = (most: number) => ({
  numRuns: Math.min(most, Number(process.env.PROPERTY_RUNS || 300)),
});

const HOSTILE =
  '" \\ \n } { | ( ) [ ] * . + ? ^ $ , =~ \\u # \' ` \0 \u2028 \ufeff a $1'.split(
    ' ',
  );

/** Names of all of Unicode, and names made of what means something to PromQL, Go strings or regular expressions. */
const name = () =>
  fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc
      .array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 12 })
      .map(parts => parts.join('')),
  );

const NAMES_PER_QUERY = 20;
const names = () =>
  fc.array(name(), {
    minLength: NAMES_PER_QUERY,
    maxLength: NAMES_PER_QUERY,
  });

const select = (matchers: LabelMatcher[]) =>
  printExpression(vector('calls_total', matchers));
const nodesOf = (query: string) => parsePromQL(query).nodes;

/** A parser that is not ours reads what was meant, and nothing else. */
describe('any name', () => {
  it('is read as the value of a label that it is compared with', () => {
    const asked = (values: string[]): LabelMatcher[] =>
      values.map((value, index) => ({
        label: `label_${index}`,
        operator: index % 2 === 0 ? '=' : '!=',
        value,
      }));
    const plain = nodesOf(select(asked(Array(NAMES_PER_QUERY).fill('plain'))));
    fc.assert(
      fc.property(names(), values => {
        const { nodes, matchers } = parsePromQL(select(asked(values)));
        expect(matchers).toEqual(asked(values));
        expect(nodes).toEqual(plain);
      }),
      upTo(4_000),
    );
  }, 60_000);

  it('is read as itself in quotes, as a metric and as a label', () => {
    const withMetric = NAMES_PER_QUERY - 1;
    fc.assert(
      fc.property(names(), parts => {
        const [metric, ...labels] = parts.map(part => `${part}.`);
        const matchers = labels.map(label => ({
          label,
          operator: '=' as const,
          value: label,
        }));
        const parsed = parsePromQL(
          printExpression(sumBy(labels, vector(metric, matchers))),
        );
        expect(parsed.quotedMetrics).toEqual([metric]);
        expect(parsed.matchers).toEqual(matchers);
        expect(
          parsed.nodes.filter(node => node === 'QuotedLabelMatcher'),
        ).toHaveLength(withMetric);
      }),
      upTo(1_000),
    );
  }, 60_000);

  it('is the only text that matches among alternatives', () => {
    const plain = nodesOf(
      select([{ label: 'name', operator: 'in', values: ['plain'] }]),
    );
    fc.assert(
      fc.property(names(), ([other, ...values]) => {
        const { nodes, matchers } = parsePromQL(
          select([{ label: 'name', operator: 'in', values }]),
        );
        expect(nodes).toEqual(plain);
        expect(matchers).toHaveLength(1);
        const pattern = new RegExp(`^(?:${matchers[0].value})$`, 'su');
        expect(values.filter(value => !pattern.test(value))).toEqual([]);
        expect(pattern.test(other)).toBe(values.includes(other));
      }),
      upTo(1_000),
    );
  }, 60_000);

  it("is read as a value in an operator's template", () => {
    const fill = (alternatives: string[]) =>
      printExpression({
        type: 'template',
        parts: ['calls_total{name=~', { alternatives }, '}'],
      });
    const plain = nodesOf(fill(['plain']));
    fc.assert(
      fc.property(names(), values => {
        expect(nodesOf(fill(values))).toEqual(plain);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
