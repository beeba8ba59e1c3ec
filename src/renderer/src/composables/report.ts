/** Export of the report: the lab builds it, the host hands it over. */
import { computed } from 'vue'
import { useLab } from './lab'
import { useNoticesStore } from '@renderer/stores/notices'
import { useSessionStore } from '@renderer/stores/session'

export function useReport() {
  const lab = useLab()
  const notices = useNoticesStore()
  const session = useSessionStore()

  const exportBlocked = computed(() => {
    if (!session.hasResult) return 'There is nothing to report before the first reference'
    return session.isRunning ? 'Pause first, then export' : null
  })

  async function exportReport(): Promise<void> {
    await notices.attempt('The report was not written', async () => {
      const where = await lab.saveExport(await lab.calls['report/export']())
      if (where !== null) notices.tell('Report written', where)
    })
  }

  return { exportReport, exportBlocked }
}
