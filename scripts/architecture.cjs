/* eslint-env es2022, node */
// Which way imports may flow: app → frontend plugin → common ← backend → engine; common and node ← prometheus ← backend; node ← modules;
// never in a circle. Of the engine the contract imports types alone, for the sentences that it writes of reason codes. For each package what it adds to Backstage's ESLint configuration. Tests may import what they need.

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

/** Imports in a circle are refused everywhere; types alone make none. */
const acyclic = {
  settings: {
    'import/extensions': ['.ts', '.tsx'],
    'import/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
  },
  rules: { 'import/no-cycle': ['error', { ignoreExternal: true }] },
};

const refuse = patterns => ({ ...acyclic, restrictedImportPatterns: patterns });

/** Rooms of the backend in their order: one imports the kernel and the doors of those in rows above it. */
const slices = [
  ['catalog'],
  ['telemetry'],
  ['events', 'exclusions'],
  ['dependencies'],
  ['recommendations'],
  ['fleet', 'budget'],
  ['analyses'],
];

/** What a room of the backend may import of the rooms beside it. */
function zone(room, doors) {
  return {
    target: `./src/${room}`,
    from: './src',
    except: [`./${room}`, ...doors],
    message: `src/${room} may import ${[`src/${room}`, ...doors].join(', ')} only.`,
  };
}

function zones() {
  const doorsAbove = ['./kernel'];
  const found = [zone('kernel', [])];
  for (const row of slices) {
    found.push(...row.map(slice => zone(slice, [...doorsAbove])));
    doorsAbove.push(...row.map(slice => `./${slice}/index.ts`));
  }
  return found;
}

/** Parts of our packages that no other package may import, with one exception for those that measure and test. */
const deepImports = {
  group: ['backstage-plugin-*/src/*', '!backstage-plugin-*/src/testing'],
  message: 'Import src/testing, and export there what is missing.',
};

module.exports = {
  engine: refuse([...portal, 'node:*', '@backstage/*', 'backstage-plugin-*']),
  common: {
    ...refuse([
      ...portal,
      'node:*',
      '@backstage/*',
      '!@backstage/catalog-model',
      '!@backstage/errors',
      '!@backstage/plugin-catalog-common',
      '!@backstage/plugin-permission-common',
      'backstage-plugin-*',
      `!${engine}`,
    ]),
    rules: {
      ...acyclic.rules,
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: [engine], allowTypeImports: true }] },
      ],
    },
  },
  node: refuse([...portal, engine, ...prometheus, ...backend, ...frontend]),
  prometheus: refuse([...portal, engine, ...backend, ...frontend]),
  backend: {
    ...refuse([...portal, ...frontend]),
    overrides: [
      {
        files: ['src/**'],
        excludedFiles: ['**/*.test.*', '**/__testUtils__/**'],
        rules: {
          'import/no-restricted-paths': [
            'error',
            {
              basePath: `${__dirname}/../plugins/slo-recommender-backend`,
              zones: zones(),
            },
          ],
        },
      },
      {
        // the door for benchmarks and end-to-end tests hands on what tests have
        files: ['src/testing.ts'],
        rules: { 'no-restricted-imports': 'off' },
      },
    ],
  },
  backendModule: refuse([
    ...portal,
    engine,
    ...prometheus,
    ...backend,
    ...frontend,
  ]),
  frontend: refuse([...portal, engine, node, ...prometheus, ...backend]),
  portal: acyclic,
  measuring: {
    ...acyclic,
    rules: {
      ...acyclic.rules,
      // __dirname is refused for the sake of built packages; these are never built
      'no-restricted-syntax': 'off',
      'no-restricted-imports': ['error', { patterns: [deepImports] }],
    },
  },
};
