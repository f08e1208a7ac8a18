module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  // __dirname is refused for the sake of built packages; this one is never built
  rules: { 'no-restricted-syntax': 'off' },
});
