import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const alias = {
  '@shared': resolve('src/shared'),
  '@main': resolve('src/main'),
  '@renderer': resolve('src/renderer/src')
}

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      target: 'node20.19',
      sourcemap: true,
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: resolve('src/main/hosts/electron/index.ts'),
          'web-host': resolve('src/main/hosts/web/index.ts'),
          cli: resolve('src/main/hosts/cli/index.ts'),
          bench: resolve('bench/index.ts'),
          'bench-case': resolve('bench/case-process.ts')
        },
        external: ['bufferutil', 'utf-8-validate']
      }
    }
  },
  preload: {
    resolve: { alias },
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: 'src/renderer',
    resolve: { alias },
    plugins: [vue()],
    build: { minify: true, rollupOptions: { input: resolve('src/renderer/index.html') } }
  }
})
