module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  restrictedImportPatterns: require('../../scripts/architecture.cjs')
    .prometheus,
});
