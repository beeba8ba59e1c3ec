/** Every field of a part with its unit, and where it is computed its formula. */
import { PAGE_BYTES } from '@shared/address/address'
import { counted } from '@shared/format/counted'
import { formatCount, formatShare, NBSP, NONE } from '@shared/format/number'
import { formatBytes } from '@shared/format/quantity'
import { SIZE_AT_LEVEL, SIZE_TITLE } from '@shared/arch/page-size'
import type { AreaLook, LayerLook, MachineRun, RegisterLook, TeaLook } from '@shared/model/memory-look'
import type { Part } from './parts'

export interface Fact {
  readonly name: string
  readonly value: string
  /** What it is and how it comes about. */
  readonly meaning: string
}

export interface PartFacts {
  readonly title: string
  readonly facts: readonly Fact[]
}

const fact = (name: string, value: string, meaning: string): Fact => ({ name, value, meaning })
const hexFrame = (frame: number): string => `frame${NBSP}0x${frame.toString(16)}`
const listed = (numbers: readonly number[]): string => (numbers.length === 0 ? NONE : numbers.join(', '))
const share = (part: number, whole: number): string => (whole === 0 ? NONE : formatShare(part / whole))

export const pageTitle = (level: number): string => {
  const size = SIZE_AT_LEVEL[level]
  return size ? SIZE_TITLE[size].replace(' ', NBSP) : NONE
}

const START = 'First address of the layer’s input space.'
const END = 'First address behind it.'

function areaFacts(area: AreaLook): Fact[] {
  return [
    fact('From', area.start, START),
    fact('To', area.end, END),
    fact('Size', formatBytes(area.bytes), 'to − from, in bytes'),
    fact('Mapped', formatBytes(area.mappedBytes), 'bytes that the layer’s table maps now'),
    fact(
      'Covered',
      `${share(area.coveredBytes, area.mappedBytes)} (${formatBytes(area.coveredBytes)})`,
      'covered ÷ mapped bytes; covered are those whose leaf entries lie in a TEA that a valid register names'
    ),
    fact('Permissions', area.permissions, 'r read, w write, x execute'),
    fact('TEAs', listed(area.teas), 'numbers of the TEAs that hold its leaf tables'),
    ...(area.outside === null ? [] : [fact('Outside', area.outside, 'why no TEA holds its leaf tables')])
  ]
}

function registerFacts(register: RegisterLook): Fact[] {
  if (!register.isValid) return [fact('Valid', 'no', 'It names no area; walks pass it by.')]
  const { gtea } = register
  return [
    fact('From', register.start, START),
    fact('To', register.end, END),
    fact('Covers', formatBytes(register.bytes), 'to − from, in bytes'),
    fact(
      'Page size',
      pageTitle(register.level),
      `size of the pages that its leaf entries map: table level ${register.level}`
    ),
    gtea === null
      ? fact('TEA base', register.base ?? NONE, 'address of the TEA, in the layer’s physical space')
      : fact(
          'gTEA',
          `${gtea.id} + 0x${gtea.offset.toString(16)}`,
          'ID of an area that L0 granted, and the frame in it'
        ),
    fact(
      'Entry of address a',
      'base + 8 × ⌊(a − from) ÷ page size⌋',
      'one reference of this layer reads the leaf entry: no level above it is read'
    ),
    fact('TEA', register.tea === null ? NONE : String(register.tea), 'number of the TEA that it names')
  ]
}

/** `0x240000 to 0x240800`, the last frame included. */
export const runText = ({ frame, frames }: MachineRun): string =>
  frames === 1
    ? `0x${frame.toString(16)}`
    : `0x${frame.toString(16)} to 0x${(frame + frames - 1).toString(16)}`

function teaFacts(tea: TeaLook): Fact[] {
  return [
    fact('From', tea.start, START),
    fact('To', tea.end, END),
    fact('Covers', formatBytes(tea.bytes), 'to − from, in bytes'),
    fact('Page size', pageTitle(tea.level), `its slots are table pages of level ${tea.level}`),
    fact(
      'Slots',
      `${formatCount(tea.slots)} (${formatBytes(tea.slots * PAGE_BYTES)})`,
      'covered bytes ÷ (512 × page size), rounded up; each is one frame of 4 KiB with 512 entries'
    ),
    fact(
      'Linked',
      `${formatCount(tea.linked)} (${share(tea.linked, tea.slots)})`,
      'slots that are table pages of the tree now; linked ÷ slots'
    ),
    fact('Deposits', formatCount(tea.deposits), 'slots kept for splits of huge pages'),
    fact('Lost', formatCount(tea.lost), 'slots that the published kernel’s defect lost'),
    fact('Base', hexFrame(tea.base), 'first frame, in the layer’s own physical space'),
    fact('gTEA', tea.gtea === null ? NONE : String(tea.gtea), 'ID under which L0 granted its frames'),
    fact('Register', tea.register === null ? NONE : String(tea.register), 'number of the register naming it'),
    fact('Areas', listed(tea.areas), 'numbers of the areas it serves')
  ]
}

function framesFacts(tea: TeaLook): Fact[] {
  const more = tea.machineRuns - tea.machine.length
  return [
    fact('Runs', formatCount(tea.machineRuns), 'stretches of machine frames without a gap, in slot order'),
    ...tea.machine.map((run, i) =>
      fact(`Run ${i + 1}`, runText(run), `${counted(run.frames, 'machine frame')} of 4 KiB`)
    ),
    ...(more > 0 ? [fact('More', formatCount(more), 'runs that are not listed')] : [])
  ]
}

const NONE_LEFT: PartFacts = { title: '', facts: [] }

export function factsOf(layer: LayerLook, part: Part): PartFacts {
  const tea = layer.teas.find(({ index }) => index === part.index)
  const area = layer.areas.find(({ index }) => index === part.index)
  const register = layer.registers.find(({ n }) => n === part.index)
  if (part.kind === 'area' && area) return { title: `Area ${area.name}`, facts: areaFacts(area) }
  if (part.kind === 'register' && register)
    return { title: `Register ${register.n}`, facts: registerFacts(register) }
  if (part.kind === 'tea' && tea) return { title: `TEA ${tea.index}`, facts: teaFacts(tea) }
  if (part.kind === 'frames' && tea)
    return { title: `Machine frames of TEA ${tea.index}`, facts: framesFacts(tea) }
  return NONE_LEFT
}
