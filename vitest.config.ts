import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: {
      '@shared': resolve('src/shared'),
      '@main': resolve('src/main'),
      '@renderer': resolve('src/renderer/src')
    }
  },
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 180_000,
    pool: 'threads',
    // Modules keep nothing of their own, so each worker loads them once and not for every file.
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    // The main thread only waits: all cores are for the tests.
    maxWorkers: '100%',
    css: { include: [/\.css\?raw$/] }
  }
})
