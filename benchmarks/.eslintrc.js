module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // __dirname is refused for the sake of built packages; this one is never built
    'no-restricted-syntax': 'off',
    // what is measured are parts of the backend that are not for others, against the servers of its tests
    'no-restricted-imports': 'off',
    '@backstage/no-forbidden-package-imports': 'off',
    '@backstage/no-mixed-plugin-imports': 'off',
  },
});
