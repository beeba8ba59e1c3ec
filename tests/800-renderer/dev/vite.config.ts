import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  root: resolve('tests/800-renderer/dev'),
  resolve: {
    alias: {
      '@shared': resolve('src/shared'),
      '@main': resolve('src/main'),
      '@renderer': resolve('src/renderer/src')
    }
  },
  plugins: [vue()],
  server: { fs: { allow: [resolve('.'), resolve('node_modules/..')] } }
})
