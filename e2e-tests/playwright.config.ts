import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: './src',
  outputDir: './output/results',
  // every file runs a portal of its own, which waits for the catalog and for its timers half of the time
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
