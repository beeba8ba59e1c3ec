/** Starts the window over the lab it was opened for. */
import { connectLab } from './api/connect-lab'
import { unreachedText } from './api/unreached'
import { mountWindow } from './mount'

const ROOT = '#app'

/** A window without a lab would stay blank. */
function sayUnreached(error: unknown): null {
  const line = document.createElement('p')
  line.className = 'unreached'
  line.role = 'alert'
  line.textContent = unreachedText(error)
  document.querySelector(ROOT)?.append(line)
  return null
}

const client = await connectLab().catch(sayUnreached)
if (client) void mountWindow(client, ROOT)
