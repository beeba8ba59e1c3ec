/**
 * Which part of the source may import which: the layers of DESIGN.md as lint rules.
 */
import { builtinModules } from 'node:module'

/** @type {Record<string, string[]>} folder below src -> the others it may import from */
const MAY_IMPORT = {
  shared: [],
  renderer: ['shared'],
  preload: ['shared'],
  'main/hardware': ['shared'],
  'main/software': [
    'main/hardware/memory',
    'main/hardware/registers',
    'main/hardware/walker/walk.ts',
    'shared'
  ],
  'main/designs': ['main/software', 'main/hardware', 'shared'],
  'main/workloads': ['shared'],
  'main/traces': ['main/workloads', 'main/lab/ports.ts', 'shared'],
  'main/maps': [
    'main/traces',
    'main/workloads',
    'main/software/tea',
    'main/lab/area-vma.ts',
    'main/lab/ports.ts',
    'shared'
  ],
  'main/scenarios': ['main/workloads', 'shared'],
  'main/lab': [
    'main/designs',
    'main/workloads',
    'main/traces',
    'main/scenarios',
    'main/maps',
    'main/software',
    'main/hardware',
    'shared'
  ],
  'main/artifact': [
    'main/lab',
    'main/designs',
    'main/traces',
    'main/software',
    'main/hardware',
    'main/workloads',
    'main/scenarios',
    'shared'
  ],
  'main/report': ['main/lab', 'shared'],
  'main/store': ['main/report', 'main/lab/ports.ts', 'shared'],
  'main/hosts': ['main', 'shared']
}

/** Of these a layer may know the types and nothing more. */
const TYPES_ONLY = {
  'main/software': {
    path: '**/hardware/walker/walk',
    message: 'System software knows the type of a walk only.'
  },
  'main/traces': { path: '**/lab/ports', message: 'A trace knows the type of the lab’s files only.' },
  'main/store': { path: '**/lab/ports', message: 'The store knows the type of the lab’s files only.' }
}

/** @param {string} folder */
const zone = (folder) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [folder, ...MAY_IMPORT[folder]].map((part) => `./${part}`),
  message: `Of the others, ${folder} may import from: ${MAY_IMPORT[folder].join(', ') || 'none'}.`
})

const zones = [
  ...Object.keys(MAY_IMPORT).map(zone),
  ...['tests', 'e2e', 'bench', 'scripts'].map((from) => ({ target: './src', from: `./${from}` })),
  { target: './e2e', from: './src', message: 'Stories know the running app only.' }
]

const NODE = {
  regex: `^(node:.*|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/.*)?)$`,
  message: 'Only hosts and the store know Node.'
}
const ELECTRON = {
  regex: '^electron(/.*)?$',
  message: 'Only the Electron host and the preload know Electron.'
}

/**
 * @param {string[]} files
 * @param {object[]} patterns
 * @param {string[]} [ignores]
 */
const closedTo = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] }
})

export const layers = [
  { files: ['**/*.{ts,vue}'], rules: { 'import-x/no-restricted-paths': ['error', { zones }] } },
  closedTo(
    ['src/**/*.{ts,vue}'],
    [NODE, ELECTRON],
    ['src/main/hosts/**', 'src/main/store/**', 'src/preload/**']
  ),
  closedTo(['src/main/{hosts,store}/**/*.ts'], [ELECTRON], ['src/main/hosts/electron/**']),
  closedTo(['src/preload/**/*.ts'], [NODE]),
  ...Object.entries(TYPES_ONLY).map(([folder, { path, message }]) => ({
    files: [`src/${folder}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: [path], allowTypeImports: true, message }] }
      ]
    }
  }))
]
