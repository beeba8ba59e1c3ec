/** JSON files on their way in, told apart by what they hold: a scenario, a set-up or a result, or hardware. */
import { defineStore } from 'pinia'
import type { ImportedScenario } from '@shared/model/catalogue'
import type { HardwareProfile } from '@shared/model/hardware-profile'
import type { ImportedJson } from '@shared/model/imported-json'
import type { ImportedSetup } from '@shared/model/imported-setup'
import { useLab } from '@renderer/composables/lab'
import { useNoticesStore } from './notices'
import { useRecentStore } from './recent'
import { useSetupStore } from './setup'

const NO_OBJECT = 'It holds no JSON object: give a spec, a result, a scenario or own hardware.'

export const useJsonFilesStore = defineStore('jsonFiles', () => {
  const lab = useLab()
  const notices = useNoticesStore()
  const recent = useRecentStore()
  const setup = useSetupStore()

  /** What the file says and the window could not take over. */
  const lack = (missing: string | null, leftOut: readonly string[]): string[] => [
    ...(missing === null ? [] : [`Drop ${missing} as well, it is only named there`]),
    ...(leftOut.length === 0 ? [] : [`Only the command line takes ${leftOut.join(', ')}, left out here`])
  ]

  async function takeScenario(found: ImportedScenario): Promise<void> {
    await setup.useScenario(found)
    notices.tell('Scenario read', `${found.title}: ${found.summary}`)
  }

  async function takeSetup({ name, spec, hardware, missing }: ImportedSetup): Promise<void> {
    const leftOut = await setup.adopt({ ...spec }, hardware)
    notices.tell('Set-up read', [name, ...lack(missing, leftOut)].join('. '))
  }

  async function takeHardware(found: HardwareProfile): Promise<void> {
    await setup.useHardware(found)
    notices.tell('Hardware read', found.title)
  }

  function takeFound(found: ImportedJson): Promise<void> {
    if (found.kind === 'scenario') return takeScenario(found.scenario)
    return found.kind === 'setup' ? takeSetup(found.setup) : takeHardware(found.hardware)
  }

  /** False when the file holds no JSON object: then it is somebody else's. */
  async function takeOne(token: string): Promise<boolean> {
    const found = await lab.calls['json/describe'](token)
    if (found) await takeFound(found)
    return found !== null
  }

  async function read(takeIn: () => Promise<string[]>): Promise<void> {
    const tokens = await takeIn()
    if (tokens.length === 0) return
    if (tokens.length > 1) throw new Error('One JSON file at a time, choose it alone.')
    if (!(await takeOne(tokens[0]))) throw new Error(NO_OBJECT)
    void recent.add(tokens)
  }

  const attempt = (takeIn: () => Promise<string[]>): Promise<void | undefined> =>
    notices.attempt('The file was not read', () => read(takeIn))

  const choose = (): Promise<void | undefined> => attempt(() => lab.chooseFiles())
  const take = (files: readonly File[]): Promise<void | undefined> => attempt(() => lab.importFiles(files))
  const open = (token: string): Promise<void | undefined> => attempt(async () => [token])

  return { choose, take, takeOne, open }
})

/** Told by its name: a trace is no JSON. */
export const isJsonName = (name: string): boolean => name.toLowerCase().endsWith('.json')
export const isJsonFile = (file: File): boolean => isJsonName(file.name)
