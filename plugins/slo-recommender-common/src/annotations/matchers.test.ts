import { parseLabelMatchers } from './matchers';

describe('parseLabelMatchers', () => {
  it.each([
    ['env="prod"', [{ label: 'env', operator: '=', value: 'prod' }]],
    ['{env="prod",}', [{ label: 'env', operator: '=', value: 'prod' }]],
    [
      ` env != 'it\\'s' , "deployment.environment" = \`a"b\` `,
      [
        { label: 'deployment.environment', operator: '=', value: 'a"b' },
        { label: 'env', operator: '!=', value: "it's" },
      ],
    ],
    [
      'http_route!~"/healthz|/v1/.*|GET /x\\\\.y|/a.b"',
      [
        {
          label: 'http_route',
          operator: '!~',
          value: '/healthz|/v1/.*|GET /x\\.y|/a.b',
        },
      ],
    ],
    [
      'deployment.environment="prod"',
      [{ label: 'deployment.environment', operator: '=', value: 'prod' }],
    ],
    ['env=~"|prod"', [{ label: 'env', operator: '=~', value: '|prod' }]],
    [
      'path="}) or vector(1) #"',
      [{ label: 'path', operator: '=', value: '}) or vector(1) #' }],
    ],
  ])('reads %s', (text, matchers) => {
    expect(parseLabelMatchers(text)).toEqual(matchers);
  });

  it('reads what says the same as the same, each once', () => {
    expect(parseLabelMatchers('b="2", a="1", b=`2`')).toEqual(
      parseLabelMatchers('{a=\'1\',b="2"}'),
    );
  });

  it.each([
    ['', /1 to 10 matchers/],
    ['{}', /1 to 10 matchers/],
    ['production', /Write matchers of PromQL/],
    ['env=production', /Write matchers of PromQL/],
    ['env="prod"} or {x="y"', /Write matchers of PromQL/],
    ['env="prod", , b="c"', /Write matchers of PromQL/],
    ['env=="prod"', /Write matchers of PromQL/],
    ['env="a\\nb"', /Write matchers of PromQL/],
    ['env="a\nb"', /control characters/],
    ['env="\ud800"', /control characters/],
    ['__name__="up"', /cannot be selected/],
    ['le="1"', /cannot be selected/],
    ['""="x"', /cannot be selected/],
    ['env=~"(a|b)"', /Patterns are alternatives/],
    ['env=~"(a+)+$"', /Patterns are alternatives/],
    ['env=~"a{1000}"', /Patterns are alternatives/],
    ['env=~"[ab]"', /Patterns are alternatives/],
    ['env=~"a.*+"', /Patterns are alternatives/],
    ['env=~"\\\\d"', /Patterns are alternatives/],
    ['env=~"a\\\\"', /Patterns are alternatives/],
    [`env=~"${'a|'.repeat(60)}"`, /at most 50 alternatives/],
    [`env=~"${'.*'.repeat(60)}"`, /at most 50 alternatives and wildcards/],
    [`env="${'a'.repeat(1_000)}"`, /at most 1000 characters/],
    [
      Array.from({ length: 11 }, (_, i) => `l${i}="x"`).join(),
      /1 to 10 matchers/,
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseLabelMatchers(text)).toThrow(message);
  });

  it('takes no long over what is no matcher', () => {
    const start = performance.now();
    for (const text of [
      'a="'.repeat(300),
      '"\\'.repeat(400),
      ' '.repeat(999),
    ]) {
      expect(() => parseLabelMatchers(text)).toThrow();
    }
    expect(performance.now() - start).toBeLessThan(100);
  });
});
