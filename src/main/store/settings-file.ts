/**
 * What the lab remembers on this machine: the window's settings, where the desktop's window was, and files that were
 * used. Read anew each time and written whole, because two labs may be open. A file that cannot be understood is
 * kept aside; what can be is taken over.
 */
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DEFAULT_SETTINGS, settingsShape, type Settings } from '@shared/model/settings'
import { dataFolder } from './data-folder'
import { fileProblem } from './file-problem'
import { readJson } from './read-text'
import { writeText } from './write-text'

const NAME = 'settings.json'
const MOST_BYTES = 4 * 2 ** 20
const SCHEMA = 'dmt-lab/settings@1'
export const MOST_RECENT = 10

const whole = z
  .int()
  .min(-(2 ** 20))
  .max(2 ** 20)

/** Pixels of the desktop. */
const windowBounds = z.strictObject({
  x: whole,
  y: whole,
  width: z
    .int()
    .min(1)
    .max(2 ** 16),
  height: z
    .int()
    .min(1)
    .max(2 ** 16),
  isMaximized: z.boolean()
})
export type WindowBounds = z.infer<typeof windowBounds>

/** The path never leaves the main process; null where the browser handed over a copy. */
const recentFile = z.strictObject({ name: z.string().max(200), path: z.string().max(4096).nullable() })
export type RememberedFile = z.infer<typeof recentFile>

const shape = {
  ...settingsShape,
  window: windowBounds.nullable(),
  recentFiles: z.array(recentFile).max(MOST_RECENT)
}
export type Remembered = Settings & {
  readonly window: WindowBounds | null
  readonly recentFiles: RememberedFile[]
}
const DEFAULTS: Remembered = { ...DEFAULT_SETTINGS, window: null, recentFiles: [] }

const FIELDS = Object.keys(shape) as (keyof Remembered)[]

interface Understood {
  readonly remembered: Remembered
  /** Nothing of the file is lost when it is written again. */
  readonly isWhole: boolean
}

/** Field by field, so that one which is no good does not cost the others. */
function understand(found: unknown): Understood {
  const from = z.record(z.string(), z.unknown()).safeParse(found)
  const fields = from.success ? from.data : {}
  const read = FIELDS.map((field) => [field, shape[field].safeParse(fields[field])] as const)
  const good = read.flatMap(([field, { success, data }]) => (success ? [[field, data] as const] : []))
  const isGood = read.every(([field, { success }]) => success || !(field in fields))
  return {
    remembered: { ...DEFAULTS, ...Object.fromEntries(good) },
    isWhole: fields.schema === SCHEMA && isGood
  }
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('there is no such file')

export class SettingsFile {
  private readonly path: string
  private writing: Promise<void> = Promise.resolve()

  constructor(private readonly folder = dataFolder()) {
    this.path = join(folder, NAME)
  }

  /** Never fails: what cannot be read is as it was at the first start. */
  async read(): Promise<Remembered> {
    return (await this.look()).remembered
  }

  /** One change after the other. @throws UserError when the file cannot be written */
  change(make: (before: Remembered) => Partial<Remembered>): Promise<void> {
    const next = this.writing.then(() => this.replace(make))
    this.writing = next.catch(() => undefined)
    return next
  }

  private async replace(make: (before: Remembered) => Partial<Remembered>): Promise<void> {
    const { remembered, isWhole } = await this.look()
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 })
      if (!isWhole) await rename(this.path, `${this.path}.bad`)
    } catch (error) {
      throw fileProblem(error, this.path, 'set DMT_LAB_HOME to a folder that can be written to')
    }
    const text = JSON.stringify({ schema: SCHEMA, ...remembered, ...make(remembered) }, null, 1)
    await writeText(this.path, text + '\n')
  }

  private async look(): Promise<Understood> {
    try {
      return understand(await readJson(this.path, MOST_BYTES))
    } catch (error) {
      return { remembered: DEFAULTS, isWhole: isAbsent(error) }
    }
  }
}
