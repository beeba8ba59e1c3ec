/**
 * Operations: what processes ask of their operating system, and what befalls the machine, in the stream between
 * accesses. They are declared once; stream, kernel, scenarios and documentation derive from this list.
 *
 * In a batch an operation is a record of kind OPERATION, whose `size` is the position in the list and whose page is
 * the first argument, and a record of kind OPERAND for each further argument. All arguments are whole numbers.
 */
interface OperationDefinition {
  readonly id: string
  /** Pages and counts of pages are 4 KiB ones. */
  readonly arguments: readonly string[]
  readonly meaning: string
}

const operation = <Id extends string>(id: Id, args: readonly string[], meaning: string) =>
  ({ id, arguments: args, meaning }) as const satisfies OperationDefinition

export const OPERATIONS = [
  operation('run', ['cpu', 'process'], 'from here on accesses come from this CPU, running this process'),
  operation(
    'mmap',
    ['start', 'pages', 'protection', 'label'],
    'maps an area; `label` counts the names of the stream'
  ),
  operation('munmap', ['start', 'pages'], 'unmaps whatever lies in a range'),
  operation('mremap', ['start', 'pages', 'to', 'newPages'], 'moves, grows or shrinks an area'),
  operation('brk', ['end'], 'moves the end of the heap'),
  operation('mprotect', ['start', 'pages', 'protection'], 'gives a range other permissions'),
  operation('madvise', ['start', 'pages', 'advice'], 'says how a range will be used'),
  operation('fork', ['child'], 'copies the running process; memory is shared until one of both writes'),
  operation('exec', [], 'gives the running process an empty address space'),
  operation('exit', [], 'ends the running process'),
  operation('khugepaged', ['pages'], 'scans so many pages of the running process for huge pages to make'),
  operation('compact', ['layer'], 'moves pages of a layer together'),
  operation('balloon', ['layer', 'pages'], 'the layer takes so many pages from its guest'),
  operation('deflate', ['layer', 'pages'], 'the layer gives its guest so many pages back'),
  operation('reclaim', ['pages'], 'the host takes machine-contiguous frames back, so many at least'),
  operation(
    'migrate',
    ['host'],
    'moves the virtual machine to another host; the number says what that host lacks'
  ),
  operation('forge', ['forgery'], 'the guest writes a register that names what is not its own'),
  operation('fail', ['step'], 'the next cooperative allocation fails at this step')
] as const

export type OperationId = (typeof OPERATIONS)[number]['id']

export interface Operation {
  readonly id: OperationId
  readonly arguments: readonly number[]
}

/** Bits of `protection`; reading is always allowed. */
export const PROTECT_WRITE = 1
export const PROTECT_EXECUTE = 2

/** Values of `advice`. */
export const ADVICE = ['dontneed', 'hugepage', 'nohugepage', 'collapse', 'split'] as const
export type Advice = (typeof ADVICE)[number]

/** Bits of `host`. */
export const HOST_LACKS_CONTIGUITY = 1
export const HOST_LACKS_DMT = 2

/** Values of `forgery`: what a forged register names. */
export const FORGERIES = ['foreign', 'range', 'stale', 'offset', 'size'] as const
export type Forgery = (typeof FORGERIES)[number]

export const OPERATION_INDEX = Object.fromEntries(OPERATIONS.map((o, i) => [o.id, i])) as Record<
  OperationId,
  number
>
