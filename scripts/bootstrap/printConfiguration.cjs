// Prints where the portal listens as JSON. Runs on the provided Node, which Backstage's config loader needs.
const { ConfigSources } = require('@backstage/config-loader');

async function main() {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({ argv: process.argv, watch: false, remote: {} }),
  );
  const printed = {
    appBaseUrl: config.getOptional('app.baseUrl'),
    appListen: config.getOptional('app.listen'),
    backendBaseUrl: config.getOptional('backend.baseUrl'),
    backendListen: config.getOptional('backend.listen'),
  };
  config.close();
  process.stdout.write(JSON.stringify(printed));
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
