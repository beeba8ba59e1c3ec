/** The lab for a browser on this machine, put together. */
import { createLab } from '@main/artifact/lab-with-artifact'
import type { Lab, LabHost } from '@main/lab/ports'
import { openTemporaryFolder } from '@main/store/data-folder'
import { SettingsFile } from '@main/store/settings-file'
import { version } from '../../../../package.json'
import { withDesk } from '../desk'
import { startLaneBesideWindow } from '../engine-thread/start-lane'
import { usableMemory } from '../engine-thread/usable-memory'
import { listPageFiles } from '../page-files'
import { Downloads } from './downloads'
import { startLabServer, type RunningServer } from './lab-server'
import { Uploads } from './uploads'

const MOST_UPLOADED_BYTES = 16 * 2 ** 30

/** @param port on 127.0.0.1; 0 takes a free one. @throws UserError when it cannot start */
export async function startWebHost({ port }: { readonly port: number }): Promise<RunningServer> {
  const files = await listPageFiles()
  const uploads = new Uploads(await openTemporaryFolder('imports'), MOST_UPLOADED_BYTES)
  const downloads = new Downloads()
  const settings = new SettingsFile()
  const host: LabHost = {
    kind: 'web',
    version,
    startLane: startLaneBesideWindow,
    usableMemory,
    openFile: (token) => uploads.open(token),
    exportReport: (run) => Promise.resolve(downloads.offer(run))
  }
  try {
    const newLab = (): Lab => withDesk(createLab(host), settings, uploads)
    const server = await startLabServer(port, { files, uploads, downloads, newLab })
    return {
      url: server.url,
      close: async () => {
        await server.close()
        await uploads.removeAll()
      }
    }
  } catch (error) {
    await uploads.removeAll()
    throw error
  }
}
