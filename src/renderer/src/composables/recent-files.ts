/** Opens files that were used before. */
import { useFilesStore } from '@renderer/stores/files'
import { isJsonName, useJsonFilesStore } from '@renderer/stores/json-files'
import { useNoticesStore } from '@renderer/stores/notices'
import { useRecentStore } from '@renderer/stores/recent'
import type { RecentFile } from '@shared/model/settings'

export function useRecentFiles() {
  const recent = useRecentStore()
  const files = useFilesStore()
  const jsonFiles = useJsonFilesStore()
  const notices = useNoticesStore()

  /** Where only the name is left the person chooses the file again, knowing which. */
  function open({ name, token }: RecentFile): Promise<void | undefined> {
    if (token === null) {
      notices.tell('Choose it again', `${name} is not at hand any more.`)
      return isJsonName(name) ? jsonFiles.choose() : files.choose()
    }
    return isJsonName(name) ? jsonFiles.open(token) : files.open([token])
  }

  const clear = (): Promise<void | undefined> => notices.attempt('The list was not cleared', recent.clear)

  return { open, clear }
}
