import { nameKind, type NameKind, withholdPersonal } from './names';

const NAMES: Record<NameKind, string[]> = {
  personal: [
    'jane.doe@example.org',
    'user:jane@mail.example.co.uk',
    'jane%40example.org',
    'mailto:jürgen@bücher.example',
    'postgres://orders:hunter2@db.example.org:5432/orders',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl',
    'Bearer 0f1e2d3c4b5a',
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'AKIAIOSFODNN7EXAMPLE',
    '550e8400-e29b-41d4-a716-446655440000',
    'session-550E8400-E29B-41D4-A716-446655440000',
    '0123456789abcdef0123456789abcdef',
    'user/507f1f77bcf86cd799439011',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    'session:k7q2x9m4t1z8w3r6b5n0p2v8',
    'wJalrXUtnFEMI1K7MDENG9bPxRfi3CYEXAMPLE4KEY',
    '+49 (30) 1234-5678',
    '203.0.113.7:52044/jane@example.org',
  ],
  address: [
    '10.42.3.4:8080',
    '10.42.3.4',
    '203.0.113.9',
    '[fd00::1]:8080',
    'fd00::1',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
    'http://10.42.3.4:8080/',
    'https://[2001:db8::7]/path',
    '203.0.113.9, 10.42.0.7',
    'localhost:5432',
    'ip-10-0-1-23.eu-central-1.compute.internal',
    '10-42-3-4.shop.pod.cluster.local',
    'ec2-203-0-113-9.compute-1.amazonaws.com',
    '3f4e5a6b7c8d',
    'shop/10.42.3.4:8080',
    'shop/[fd00::1]:8080',
    '10.42.0.0/16',
    '00:1b:44:11:3a:b7',
  ],
  placeholder: [
    'unknown',
    'Unknown',
    'unknown_service',
    'unknown_service:java',
    'unknown_service:/usr/bin/node',
    'shop/unknown_service:java',
    'OTLPResourceNoServiceName',
    '<nil>',
    'undefined',
    '${SERVICE_NAME}',
    '{{ .Values.name }}',
    ' - ',
    '',
  ],
  service: [
    'orders',
    'shop/orders',
    'orders.shop.svc.cluster.local:8080',
    'https://api.pay.example:443/',
    'component:default/orders',
    'component:default/orders-550e8400-e29b-41d4-a716-446655440000',
    'rabbit@rabbitmq-0.rabbitmq.shop.svc.cluster.local',
    '@scope/orders',
    'orders@1.2.3',
    'orders-7d9f8b6c5d-x2x4z',
    'MyStack-OrdersFunction-1A2B3C4D5E6F',
    'a1b2c3d4e5f60718293a4b5c6d7e8f90-1234567.eu-central-1.elb.amazonaws.com',
    'MyVeryLongServiceNameForOrdersV2Production',
    'unknown-orders',
    'none-of-your-business',
    'v1.2.3',
    '1.2.3',
    'deadbeef',
    'user',
    'Müller-Größen',
  ],
};

describe('nameKind', () => {
  it.each(
    Object.entries(NAMES).flatMap(([kind, names]) =>
      names.map(name => [name, kind]),
    ),
  )('takes %j for %s', (name, kind) => {
    expect(nameKind(name)).toBe(kind);
  });

  it('takes a long name in no time', () => {
    const names = ['a', 'a@', 'a.', '1', '{{', 'eyJ'].map(text =>
      text.repeat(100_000),
    );
    const begun = performance.now();
    names.forEach(nameKind);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

describe('withholdPersonal', () => {
  it('keeps all but addresses of people and tokens', () => {
    expect(
      withholdPersonal(
        'found {client="jane@example.org"} and Bearer abcdefgh1 at 10.0.0.1:9090',
      ),
    ).toBe('found {client="[withheld]"} and [withheld] at 10.0.0.1:9090');
  });

  it('leaves JSON what it is', () => {
    const texts = [
      '"jane@example.org"',
      'Bearer abcdefgh1',
      '\n\tjane@example.org\\',
    ];
    expect(JSON.parse(withholdPersonal(JSON.stringify(texts)))).toEqual([
      '"[withheld]"',
      '[withheld]',
      expect.stringMatching(/\[withheld\]\\$/),
    ]);
    expect(withholdPersonal('Bearer credentials')).toBe('Bearer credentials');
  });

  it.each([
    ['GET https://ella:pw@prom.example.org/x', 'GET https://[withheld]/x'],
    ['sent Basic ZWxsYTpwdw==, not that', 'sent [withheld], not that'],
    ['sent basic dXNlcjpwYXNz', 'sent [withheld]'],
    ['Basic authentication is required', 'Basic authentication is required'],
    ['at http://prom:9090/a@b', 'at http://prom:9090/a@b'],
  ])('keeps no credentials of %j', (text, kept) => {
    expect(withholdPersonal(text)).toContain(kept);
  });
});
