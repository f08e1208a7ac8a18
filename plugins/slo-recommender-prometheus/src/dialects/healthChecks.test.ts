import { healthCheckIn, healthCheckSelectors } from './healthChecks';

describe('health checks', () => {
  it.each([
    ['http_route', '/healthz'],
    ['http_route', '/livez'],
    ['http.route', '/readyz/'],
    ['span_name', 'GET /health'],
    ['span_name', 'get /api/v2/health/live'],
    ['span_name', 'grpc.health.v1.Health/Check'],
    ['rpc_service', 'grpc.health.v1.Health'],
    ['url_path', '/_health'],
    ['uri', '/actuator/health/readiness'],
    ['uri', '/metrics'],
    ['handler', '/api/ping'],
    ['http_url', 'http://10.0.0.1:8080/health_check'],
  ])('are known by %s="%s"', (label, value) => {
    expect(healthCheckIn({ label: 'a', [label]: value })).toEqual({
      label,
      start: value,
      isWhole: true,
    });
  });

  it.each([
    ['http_target', '/healthz?token=secret', '/healthz'],
    ['user_agent_original', 'kube-probe/1.29', 'kube-probe'],
    ['http_user_agent', 'prometheus/2.45.0', 'prometheus/'],
  ])('are known by the start of %s="%s"', (label, value, start) => {
    expect(healthCheckIn({ [label]: value })).toEqual({
      label,
      start,
      isWhole: false,
    });
  });

  it.each([
    ['http_route', '/'],
    ['http_route', '/health/records'],
    ['http_route', '/healthy-food'],
    ['http_route', '/shops/{id}/metrics'],
    ['http_route', '/concerts/live'],
    ['http_route', '/shipping'],
    ['span_name', 'POST /orders'],
    ['span_name', 'shop.Health/Check'],
    ['user_agent_original', 'Mozilla/5.0 (kube-probe)'],
    ['customer', '/healthz'],
  ])('are not seen in %s="%s"', (label, value) => {
    expect(healthCheckIn({ [label]: value })).toBeUndefined();
  });

  it('are asked for by the labels that there are', () => {
    const labels = new Set(['job', 'span.name', 'http_user_agent']);
    expect(healthCheckSelectors(labels).map(({ label }) => label)).toEqual([
      'span.name',
      'http_user_agent',
    ]);
    expect(healthCheckSelectors(new Set(['job']))).toEqual([]);
  });
});
