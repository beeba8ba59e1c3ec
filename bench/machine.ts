/** The machine that measured, as far as speeds depend on it; nothing tells whose it is. */
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'

export interface MachineInfo {
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  readonly os: string
  readonly node: string
}

export const thisMachine = (): MachineInfo => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryBytes: totalmem(),
  os: `${platform()} ${release().split('.').slice(0, 2).join('.')} ${arch()}`,
  node: process.version
})

export const isSameMachine = (a: MachineInfo, b: MachineInfo): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

export const machineText = ({ cpu, cores, memoryBytes, os, node }: MachineInfo): string =>
  `${cpu}, ${cores} cores, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${os}, Node ${node}`
