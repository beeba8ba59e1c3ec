/** Stores of the window over a fake lab, as main.ts would put them together, without a document. */
import { useCatalogueStore } from '@renderer/stores/catalogue'
import { useFilesStore } from '@renderer/stores/files'
import { useHardwareStore } from '@renderer/stores/hardware'
import { useJsonFilesStore } from '@renderer/stores/json-files'
import { useNoticesStore } from '@renderer/stores/notices'
import { useSeriesStore } from '@renderer/stores/series'
import { useSessionStore } from '@renderer/stores/session'
import { useSetupStore } from '@renderer/stores/setup'
import { useSetupPendingStore } from '@renderer/stores/setup-pending'
import { FakeLab } from '../builders/fake-lab'
import { overLab } from './held-lab'

export async function aWindow() {
  const lab = new FakeLab()
  const stores = overLab(lab, () => ({
    catalogue: useCatalogueStore(),
    setup: useSetupStore(),
    pending: useSetupPendingStore(),
    session: useSessionStore(),
    series: useSeriesStore(),
    files: useFilesStore(),
    hardware: useHardwareStore(),
    jsonFiles: useJsonFilesStore(),
    notices: useNoticesStore()
  }))
  await stores.catalogue.load()
  await stores.setup.load()
  return { lab, ...stores }
}
