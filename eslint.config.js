import { resolve } from 'node:path'
import prettier from 'eslint-config-prettier/flat'
import importX, { createNodeResolver } from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { layers } from './eslint.layers.js'

const UNSAFE = [
  'no-unsafe-argument',
  'no-unsafe-assignment',
  'no-unsafe-call',
  'no-unsafe-member-access',
  'no-unsafe-return'
]

const TYPED = ['**/*.{ts,vue}', 'scripts/**/*.mjs']

export default defineConfig(
  globalIgnores(['out', 'dist', 'test-results', 'playwright-report', 'docs']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: TYPED,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.node.json', './tsconfig.web.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue']
      }
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({
          extensions: ['.ts', '.vue', '.mjs', '.js', '.json'],
          alias: {
            '@shared': [resolve('src/shared')],
            '@main': [resolve('src/main')],
            '@renderer': [resolve('src/renderer/src')]
          }
        })
      ]
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // A contract may promise a promise: async turns what a body throws into a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
    }
  },
  // After the rules for TypeScript, whose parser would take the components over as well.
  vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    // What a template gives to its script (template refs) only vue-tsc knows; here it would look like `any`.
    rules: Object.fromEntries(UNSAFE.map((rule) => [`@typescript-eslint/${rule}`, 'off']))
  },
  {
    files: ['src/**/*.{ts,vue}', 'bench/**/*.ts'],
    // What a composable hands out is its last line; to write its type down as well would say it twice.
    ignores: ['src/renderer/src/composables/**'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'error' }
  },
  layers,
  prettier
)
