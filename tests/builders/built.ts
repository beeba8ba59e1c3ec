/** The built app, for tests of what is shipped. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const ENTRIES = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** Builds when there is no build; whoever starts the tests sees to it that an old one is renewed. */
export function aBuild(): void {
  if (ENTRIES.every((entry) => existsSync(entry))) return
  execFileSync(process.execPath, [resolve('node_modules/electron-vite/bin/electron-vite.js'), 'build'], {
    stdio: 'pipe'
  })
}
