/** A file dropped anywhere in the window is a trace, a set-up or hardware to take in; the browser must not open it instead. */
import { onScopeDispose, ref, type Ref } from 'vue'
import { useFilesStore } from '@renderer/stores/files'
import { isJsonFile, useJsonFilesStore } from '@renderer/stores/json-files'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** True while files hang over the window. */
export function useFileDrop(): Ref<boolean> {
  const files = useFilesStore()
  const jsonFiles = useJsonFilesStore()
  const isOver = ref(false)

  const over = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = true
  }
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) isOver.value = false
  }
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = false
    const dropped = [...(event.dataTransfer?.files ?? [])]
    void (dropped.some(isJsonFile) ? jsonFiles.take(dropped) : files.take(dropped))
  }

  window.addEventListener('dragover', over)
  window.addEventListener('dragleave', leave)
  window.addEventListener('drop', drop)
  onScopeDispose(() => {
    window.removeEventListener('dragover', over)
    window.removeEventListener('dragleave', leave)
    window.removeEventListener('drop', drop)
  })
  return isOver
}
