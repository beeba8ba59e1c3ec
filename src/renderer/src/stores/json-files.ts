/** JSON files on their way in, told apart by what they hold: a scenario, a set-up or a result, or hardware. */
import { defineStore } from 'pinia'
import { useLab } from '@renderer/composables/lab'
import { useNoticesStore } from './notices'
import { useRecentStore } from './recent'
import { useScenarioStore } from './scenario'
import { useSetupStore } from './setup'

export const useJsonFilesStore = defineStore('jsonFiles', () => {
  const lab = useLab()
  const notices = useNoticesStore()
  const recent = useRecentStore()
  const scenario = useScenarioStore()
  const setup = useSetupStore()

  /** What the file says and the window could not take over. */
  const lack = (missing: string | null, leftOut: readonly string[]): string[] => [
    ...(missing === null ? [] : [`Drop ${missing} as well, it is only named there`]),
    ...(leftOut.length === 0 ? [] : [`Only the command line takes ${leftOut.join(', ')}, left out here`])
  ]

  async function takeSetup(token: string): Promise<boolean> {
    const found = await lab.calls['setup/describe'](token)
    if (found === null) return false
    const leftOut = await setup.adopt({ ...found.spec }, found.hardware)
    notices.tell('Set-up read', [found.name, ...lack(found.missing, leftOut)].join('. '))
    return true
  }

  async function takeHardware(token: string): Promise<boolean> {
    const hardware = await lab.calls['profile/describe'](token)
    await setup.useHardware(hardware)
    notices.tell('Hardware read', hardware.title)
    return true
  }

  /** Hardware comes last: it says of any other file what is wrong with it. */
  async function read(takeIn: () => Promise<string[]>): Promise<void> {
    const tokens = await takeIn()
    if (tokens.length === 0) return
    if (tokens.length > 1) throw new Error('One JSON file at a time, choose it alone.')
    const [token] = tokens
    for (const take of [scenario.take, takeSetup, takeHardware]) if (await take(token)) break
    void recent.add(tokens)
  }

  const attempt = (takeIn: () => Promise<string[]>): Promise<void | undefined> =>
    notices.attempt('The file was not read', () => read(takeIn))

  const choose = (): Promise<void | undefined> => attempt(() => lab.chooseFiles())
  const take = (files: readonly File[]): Promise<void | undefined> => attempt(() => lab.importFiles(files))
  const open = (token: string): Promise<void | undefined> => attempt(async () => [token])

  return { choose, take, open }
})

/** Told by its name: a trace is no JSON. */
export const isJsonName = (name: string): boolean => name.toLowerCase().endsWith('.json')
export const isJsonFile = (file: File): boolean => isJsonName(file.name)
