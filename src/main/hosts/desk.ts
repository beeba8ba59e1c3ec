/** Calls about what the lab remembers of its person, the same in every host that has a window. */
import type { DeskCall, Lab, LabWithoutDesk } from '../lab/ports'
import type { LabCalls } from '@shared/contract/lab-contract'
import type { RecentFile } from '@shared/model/settings'
import { DEFAULT_SETTINGS, type Settings } from '@shared/model/settings'
import { MOST_RECENT, type RememberedFile, type SettingsFile } from '../store/settings-file'

/** The host's own files: the window knows them by tokens. */
export interface HostFiles {
  /** What to remember of a file that the window holds a token of; undefined for a token that is none. */
  remembered(token: string): RememberedFile | undefined
  /** A token that opens the file, or null where it has to be chosen again. */
  tokenOf(file: RememberedFile): Promise<string | null>
}

const isSame = (one: RememberedFile, other: RememberedFile): boolean =>
  one.path === other.path && one.name === other.name

/** Newest first; a file that is used again moves up. */
const withNewest = (files: readonly RememberedFile[], newest: readonly RememberedFile[]): RememberedFile[] =>
  [...newest, ...files.filter((file) => !newest.some((one) => isSame(one, file)))].slice(0, MOST_RECENT)

/** Without what only the host knows. */
function settingsOf(remembered: Settings): Settings {
  const names = Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[]
  return Object.fromEntries(names.map((name) => [name, remembered[name]])) as unknown as Settings
}

function deskCalls(file: SettingsFile, files: HostFiles): Pick<LabCalls, DeskCall> {
  const shown = async (one: RememberedFile): Promise<RecentFile> => ({
    name: one.name,
    token: await files.tokenOf(one)
  })
  return {
    'settings/get': async () => settingsOf(await file.read()),
    'settings/set': (change) => file.change(() => change),
    'recent/list': async () => Promise.all((await file.read()).recentFiles.map(shown)),
    'recent/add': async (tokens) => {
      const newest = tokens.flatMap((token) => files.remembered(token) ?? [])
      if (newest.length > 0)
        await file.change(({ recentFiles }) => ({ recentFiles: withNewest(recentFiles, newest) }))
    },
    'recent/clear': () => file.change(() => ({ recentFiles: [] }))
  }
}

/** The lab of a window: the engine, and what is remembered beside it. */
export const withDesk = (lab: LabWithoutDesk, file: SettingsFile, files: HostFiles): Lab => ({
  calls: { ...lab.calls, ...deskCalls(file, files) },
  subscribe: (listener) => lab.subscribe(listener),
  close: () => lab.close()
})
