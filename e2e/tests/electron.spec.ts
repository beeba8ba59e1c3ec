/** The desktop app itself, where its binary is there and a window can open. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import { findElectron, hasDisplay } from '../../scripts/lib/electron.mjs'
import { ROOT } from '../../scripts/lib/paths.mjs'
import { expectState, runToTheEnd, setUp } from '../actions/experiment'
import { LabWindow } from '../components/lab-window'
import { complaintsOf } from '../fixtures/page-complaints'

const executablePath = findElectron(ROOT)
const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Without the variable that would turn the app into a plain Node. */
function appEnvironment(): Record<string, string> {
  const variables = Object.entries(process.env).filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE')
  return Object.fromEntries(variables.map(([name, value]) => [name, value ?? '']))
}

test('The desktop app runs an experiment and shows a walk', async () => {
  test.skip(!executablePath, 'Electron’s binary is not on this machine')
  test.skip(!hasDisplay(), 'there is no display')
  const home = await mkdtemp(join(tmpdir(), 'dmt-lab-story-'))
  const app = await _electron.launch({
    executablePath,
    // A profile of its own, so that an open lab does not take the window.
    args: [...sandbox, `--user-data-dir=${home}`, ROOT],
    env: { ...appEnvironment(), DMT_LAB_HOME: home }
  })
  try {
    const page = await app.firstWindow()
    const complaints = complaintsOf(page)
    const lab = new LabWindow(page)
    await expectState(lab, 'Ready')

    await setUp(lab, { workload: 'Pointer chase', footprint: '128 MiB', references: '50k' })
    await runToTheEnd(lab)
    await expect(lab.comparison.sameTranslations).toBeVisible()
    await lab.tabs.walk.click()
    await lab.walk.fromCold.click()
    await expect(lab.walk.stepsOf('A')).toHaveCount(24)
    await expect(lab.walk.stepsOf('B')).toHaveCount(2)
    expect(complaints).toEqual([])
  } finally {
    await app.close()
    await rm(home, { recursive: true, force: true })
  }
})
