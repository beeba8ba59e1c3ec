import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { DesignWalkChoice } from '@shared/contract/lab-contract'
import { useHelpStore } from '@renderer/stores/help'
import { useLane } from '@renderer/composables/lane'
import { useSetupChoices } from '@renderer/composables/setup-choices'
import { aWalk } from '../builders/walk-records'
import { aWindow } from './window-stores'

const settled = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await nextTick()
}

async function openHelp() {
  const window = await aWindow()
  const asked: DesignWalkChoice[] = []
  window.lab.designWalk = (choice) => {
    asked.push(choice)
    return aWalk()
  }
  const help = useHelpStore()
  help.show(true)
  await settled()
  return { ...window, help, asked }
}

describe('Help', () => {
  it('asks for the walk of what is on show, and for none while it is closed', async () => {
    const { help, asked } = await openHelp()
    expect(asked).toEqual([{ design: 'radix', environment: 'virtualized', pageSize: '4K' }])
    help.show(false)
    help.choose('dmt')
    await settled()
    expect(asked).toHaveLength(1)
  })

  it('shows a design where it has a meaning, and goes back to what was wanted', async () => {
    const { help } = await openHelp()
    help.wantedEnvironment = 'native'
    help.choose('pvdmt')
    expect(help.environment).toBe('virtualized')
    expect(help.environments.find(({ value }) => value === 'native')?.refusal).toContain('cooperate')
    help.choose('dmt')
    expect(help.environment).toBe('native')
  })

  it('falls back to 4 KiB pages where the size is lacking', async () => {
    const { help } = await openHelp()
    help.wantedSize = '1G'
    expect(help.pageSize).toBe('1G')
    help.choose('folded')
    expect(help.pageSize).toBe('4K')
    expect(help.pageSizes.find(({ value }) => value === '1G')?.refusal).toContain('no entry')
  })

  it('begins with the first steps, and shows how traces are recorded until a design is chosen', async () => {
    const { help } = await openHelp()
    expect(help.topic).toBe('start')
    help.chooseRecording()
    expect(help.topic).toBe('recording')
    help.choose('dmt')
    expect([help.topic, help.design?.id]).toEqual(['design', 'dmt'])
  })

  it('says what went wrong in place of the picture', async () => {
    const { help, lab } = await openHelp()
    lab.designWalk = () => {
      throw new Error('too little memory')
    }
    help.choose('ideal')
    await settled()
    expect([help.walk, help.problem]).toEqual([null, 'too little memory'])
  })

  it('drops the answer to an older question', async () => {
    const { help, lab } = await openHelp()
    const answers: (() => void)[] = []
    lab.calls['design/walk'] = ({ design }) =>
      new Promise((resolve) => answers.push(() => resolve({ ...aWalk(), address: design })))
    help.choose('dmt')
    await settled()
    help.choose('pvdmt')
    await settled()
    answers[1]()
    answers[0]()
    await settled()
    expect(help.walk?.address).toBe('pvdmt')
  })
})

describe('the pickers of the set-up', () => {
  it('say why a design cannot be taken with the page sizes of the layers', async () => {
    const { setup } = await openHelp()
    const lane = useLane(1)
    const refusal = (): string | null | undefined =>
      lane.options.value.find(({ value }) => value === 'folded')?.refusal
    expect(refusal()).toBeNull()
    await setup.change({ hostPageSize: '1G' })
    expect(refusal()).toContain('no 1 GiB pages')
  })

  it('say why a page size cannot be taken with the designs of the lanes', async () => {
    const { setup } = await openHelp()
    const { pageSizes } = useSetupChoices()
    const refusal = (): string | null | undefined =>
      pageSizes.value.find(({ value }) => value === '1G')?.refusal
    expect(refusal()).toBeNull()
    await setup.setDesign(1, 'folded')
    expect(refusal()).toContain('not with Folded tables')
  })
})
