/**
 * Packs the built lab for this system, or for those named (--linux, --mac, --win). electron-builder is
 * fetched when it is wanted: its 95 MB are no use to anyone who only runs the lab.
 */
import { npmCall, succeeds } from './lib/child.mjs'

const BUILDER = 'electron-builder@26.17.0'
const args = [
  '--yes',
  BUILDER,
  '--config',
  'electron-builder.yml',
  '--publish',
  'never',
  ...process.argv.slice(2)
]
process.exitCode = succeeds(...npmCall('npx', args)) ? 0 : 1
