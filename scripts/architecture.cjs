// Which way imports may flow: app → frontend plugin → common ← backend → engine; node ← prometheus ← backend; node ← modules.
// Each list holds the import patterns that a package refuses; lint keeps it so. Tests may import what they need.

const portal = ['app', 'backend', '**/packages/**', '**/e2e-tests/**'];
const engine = 'backstage-plugin-slo-recommender-engine';
const node = 'backstage-plugin-slo-recommender-node';
const prometheus = [
  'backstage-plugin-slo-recommender-prometheus',
  'backstage-plugin-slo-recommender-prometheus/*',
];
const backend = [
  'backstage-plugin-slo-recommender-backend',
  'backstage-plugin-slo-recommender-backend-module-*',
];
const frontend = [
  'backstage-plugin-slo-recommender',
  'backstage-plugin-slo-recommender/*',
];

module.exports = {
  engine: [...portal, 'node:*', '@backstage/*', 'backstage-plugin-*'],
  common: [
    ...portal,
    'node:*',
    '@backstage/*',
    '!@backstage/catalog-model',
    '!@backstage/errors',
    '!@backstage/plugin-catalog-common',
    '!@backstage/plugin-permission-common',
    'backstage-plugin-*',
  ],
  node: [...portal, engine, ...prometheus, ...backend, ...frontend],
  prometheus: [...portal, engine, ...backend, ...frontend],
  backend: [...portal, ...frontend],
  backendModule: [...portal, engine, ...prometheus, ...backend, ...frontend],
  frontend: [...portal, engine, node, ...prometheus, ...backend],
};
