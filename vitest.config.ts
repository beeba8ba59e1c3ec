import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vitest/config'

/**
 * The build makes a thread's entry of such an import. Here it would run in the thread of the tests and listen to their
 * port; unit tests start no thread of their own.
 */
const noThreads: Plugin = {
  name: 'no-threads',
  enforce: 'pre',
  load: (id) =>
    id.endsWith('?nodeWorker')
      ? `export default () => { throw new Error('a unit test starts no thread') }`
      : undefined
}

export default defineConfig({
  plugins: [noThreads],
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
