/** Entry of the web host: serves until it is stopped, and prints the address as its only line. */
import { UserError } from '@shared/model/user-error'
import { startWebHost } from './web-host'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function portOf(text = '0'): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text)
  throw new UserError(
    `${JSON.stringify(text.slice(0, 60))} is no port`,
    'PORT',
    'give a number from 0 to 65535'
  )
}

try {
  const server = await startWebHost({ port: portOf(process.env.PORT) })
  process.stdout.write(`${server.url}\n`)
  for (const signal of SIGNALS) process.once(signal, () => void server.close().finally(() => process.exit(0)))
} catch (error) {
  if (!(error instanceof UserError)) throw error
  process.stderr.write(`lab: ${error.message}\n`)
  process.exit(2)
}
