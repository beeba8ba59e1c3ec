/** Labs over a host of the test's own. */
import { createSessionLab } from '@main/lab/lab'
import type { LabHost, SessionLab } from '@main/lab/ports'
import type { LabEvents } from '@shared/contract/lab-contract'
import { afterEach } from 'vitest'

const ignore = (): void => undefined
const DEAF: LabEvents = {
  'session/snapshot': ignore,
  'session/progress': ignore,
  'session/failed': ignore,
  'trace/progress': ignore
}

/** Of a test file. What it returns opens a lab, which is closed after its test, and tells `heard` of its events. */
export function useLabs(): (host: LabHost, heard?: Partial<LabEvents>) => SessionLab {
  const open: SessionLab[] = []
  afterEach(async () => {
    for (const lab of open.splice(0)) await lab.close()
  })
  return (host, heard = {}) => {
    const lab = createSessionLab(host)
    open.push(lab)
    lab.subscribe({ ...DEAF, ...heard })
    return lab
  }
}
