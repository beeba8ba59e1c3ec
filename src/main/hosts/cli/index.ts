/** Entry of the command line. */
import { labCli } from './lab-cli'
import { realToolbox } from './real-toolbox'

// A reader that has seen enough (`| head`) closes the pipe; that is no failure of the lab. The command that
// wrote is told of any other error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
})

process.exit(await labCli(process.argv.slice(2), realToolbox, process.env.DEBUG !== undefined))
