const { measuring } = require('../scripts/architecture.cjs');

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  ...measuring,
  rules: {
    ...measuring.rules,
    // what is measured are parts of the backend that are not for others, against the servers of its tests
    '@backstage/no-forbidden-package-imports': 'off',
    '@backstage/no-mixed-plugin-imports': 'off',
  },
});
