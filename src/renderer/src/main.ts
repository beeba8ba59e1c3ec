/** Starts the window over the lab it was opened for. */
import { connectLab } from './api/connect-lab'
import { mountWindow } from './mount'

void mountWindow(await connectLab(), '#app')
