import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/lib/chromium.mjs'

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  snapshotPathTemplate: 'e2e/looks/{arg}{ext}',
  reporter: 'list',
  // A story mostly waits: for frames, and for what it looks at to come. Two at a time fill two cores.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 240_000,
  // How long something takes is not what a story is about, and two share the machine.
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    screenshot: 'only-on-failure',
    // Recording every story takes time from all; `--trace on` does it for one that fails.
    trace: 'off',
    launchOptions: {
      executablePath: findChromium(),
      args: ['--disable-dev-shm-usage', '--disable-background-networking']
    }
  }
})
