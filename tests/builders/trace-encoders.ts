/** Writers of every trace format, for tests: each from the same accesses, by rules of its own. */
import type { TraceFormatId } from '@shared/model/trace-format-id'
import fc from 'fast-check'
import { traceBytes } from './an-artifact-trace'

export interface Touch {
  /** As in batches: 0 load, 1 store, 2 fetch. */
  readonly kind: 0 | 1 | 2
  readonly address: bigint
  readonly size: number
}

const hex = (address: bigint): string => address.toString(16)
const text = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.join(''))

/** What every format can hold: addresses of 55 bits that are not 0, sizes of one word that stay inside a page. */
export const aTouch: fc.Arbitrary<Touch> = fc
  .record({
    kind: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
    address: fc.oneof(
      fc.bigInt({ min: 0x1000n, max: 2n ** 55n - 1n }),
      fc.bigInt({ min: 0x400000n, max: 0x500000n }),
      fc.bigInt({ min: 0x7ff000000000n, max: 0x7ff000100000n })
    ),
    size: fc.integer({ min: 1, max: 63 })
  })
  .map((touch) => ({ ...touch, address: touch.address & ~63n }))

export const someTouches = fc.array(aTouch, { minLength: 1, maxLength: 60 })

const LACKEY_TAGS = [' L', ' S', 'I '] as const
const DINERO_LETTERS = ['r', 'w', 'i'] as const
const VIEW_NAMES = ['read', 'write', 'ifetch'] as const

export const asLackey = (touches: readonly Touch[]): Uint8Array =>
  text(
    touches.map(
      ({ kind, address, size }) => `${LACKEY_TAGS[kind]} ${hex(address).padStart(8, '0')},${size}\n`
    )
  )

export const asDinero = (touches: readonly Touch[]): Uint8Array =>
  text(touches.map(({ kind, address }) => `${kind} ${hex(address)}\n`))

export const asExtendedDinero = (touches: readonly Touch[]): Uint8Array =>
  text(
    touches.map(
      ({ kind, address, size }) => `${DINERO_LETTERS[kind]} 0x${hex(address)} ${size.toString(16)}\n`
    )
  )

const viewLine = ({ kind, address, size }: Touch, prefix: string): string => {
  const by = kind === 2 ? ' 48 89 e7             mov    %rsp -> %rdi' : ` by PC 0x${'7f'.padStart(16, '0')}`
  return `${prefix} ${VIEW_NAMES[kind].padEnd(12)}${String(size).padStart(2)} byte(s) @ 0x${hex(address).padStart(16, '0')}${by}\n`
}

export const asView = (touches: readonly Touch[]): Uint8Array =>
  text([
    'Output format:\n<--record#-> <--instr#->: <---tid---> <record details>\n',
    `${'-'.repeat(60)}\n`,
    '           1           0:        3264 <marker: version 4>\n',
    ...touches.map((touch, i) =>
      viewLine(touch, `${String(i + 2).padStart(12)}${String(i).padStart(12)}:  W0.T3264`)
    ),
    'View tool results:\n              3 : total instructions\n'
  ])

/** Without ordinals of instructions and without windows, and two threads that take turns. */
export const asOlderView = (touches: readonly Touch[]): Uint8Array =>
  text(
    touches.flatMap((touch, i) => [
      ...(i % 5 === 4 ? [`${'-'.repeat(60)}\n`] : []),
      viewLine(touch, `${i + 1}: T${100 + (Math.floor(i / 5) % 2)}`)
    ])
  )

export const asPerfScript = (touches: readonly Touch[]): Uint8Array =>
  text(
    touches.map(({ kind, address }, i) => {
      const event = ['cpu/mem-loads,ldlat=30/P', 'cpu/mem-stores/P', 'page-faults'][kind]
      const instruction = kind === 2 ? hex(address) : 'ffffffff8175016a'
      return `     a program 70/${71 + (i % 2)}  ${i}.136519: ${event}:  ${hex(address).padStart(16)} ${instruction}\n`
    })
  )

/** One instruction a touch, at its own address where it is a fetch and at 0x1000 where it is not. */
export const CHAMPSIM_IP = 0x1000n
export function asChampsim(touches: readonly Touch[]): Uint8Array {
  const bytes = new Uint8Array(64 * touches.length)
  const view = new DataView(bytes.buffer)
  touches.forEach(({ kind, address }, i) => {
    const at = 64 * i
    view.setBigUint64(at, kind === 2 ? address : CHAMPSIM_IP, true)
    if (kind !== 2) view.setBigUint64(at + (kind === 1 ? 16 : 32), address, true)
  })
  return bytes
}

export function asLab(touches: readonly Touch[], promised = touches.length): Uint8Array {
  const header = new Uint8Array(16)
  header.set([0x44, 0x4d, 0x54, 0x4c, 0x41, 0x42, 0, 1])
  new DataView(header.buffer).setBigUint64(8, BigInt(promised), true)
  return Buffer.concat([header, traceBytes(touches)])
}

export const ENCODERS: readonly (readonly [TraceFormatId, (touches: readonly Touch[]) => Uint8Array])[] = [
  ['lackey', asLackey],
  ['dinero', asDinero],
  ['dinero', asExtendedDinero],
  ['drmemtrace-view', asView],
  ['drmemtrace-view', asOlderView],
  ['perf-script', asPerfScript],
  ['champsim', asChampsim],
  ['lab', asLab]
]
