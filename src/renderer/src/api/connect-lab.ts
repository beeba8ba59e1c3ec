/** The way to the lab, whichever host this window runs in. */
import { connectElectron } from './electron-client'
import type { LabClient } from './lab-client'
import { connectWeb } from './web-client'

/** Rejects with a LabError when there is no lab to be reached. */
export const connectLab = (): Promise<LabClient> =>
  window.labHost ? connectElectron(window.labHost) : connectWeb()
