/** Where the lab keeps its own files on this machine. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileProblem } from './file-problem'

/** DMT_LAB_HOME, else the platform's usual place. */
export function dataFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir()
): string {
  if (env.DMT_LAB_HOME) return resolve(env.DMT_LAB_HOME)
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'DMT Lab')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'DMT Lab')
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'dmt-lab')
}

/** A folder of this process for files that nobody needs after it; what dead processes left behind is removed. */
export async function openTemporaryFolder(purpose: string, base = dataFolder()): Promise<string> {
  const parent = join(base, purpose)
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 })
    await removeLeftovers(parent)
    return await mkdtemp(join(parent, `${process.pid}-`))
  } catch (error) {
    throw fileProblem(error, parent, 'set DMT_LAB_HOME to a folder that can be written to')
  }
}

async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = /^(\d+)-\w+$/.exec(name)
    if (owner && !isAlive(Number(owner[1]))) await rm(join(parent, name), { recursive: true, force: true })
  }
}

/** A process of another user answers with a refusal, and lives. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
