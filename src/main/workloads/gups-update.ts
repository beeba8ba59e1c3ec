/** One update of GUPS as the processor sees it: 17 instructions of which four touch memory, six times in all. */
import { pageHigh, pageLow, type Page } from '@shared/address/address'
import {
  FETCH,
  LOAD,
  STORE,
  batchBuffer,
  batchOver,
  type AccessBatch,
  type AccessKind
} from '@shared/model/access'

type Operand = 'state' | 'word' | 'mirror'

interface Instruction {
  readonly bytes: number
  readonly operand: Operand | null
  readonly accesses: readonly AccessKind[]
}

const plain = (bytes: number): Instruction => ({ bytes, operand: null, accesses: [] })
const touching = (bytes: number, operand: Operand, ...accesses: AccessKind[]): Instruction => ({
  bytes,
  operand,
  accesses
})

/** The inner loop of gups.c as a compiler writes it. */
const LOOP: readonly Instruction[] = [
  touching(4, 'state', LOAD), // mov rax, [states + 8 * j]
  plain(4), // lea rdx, [rax + rax]
  plain(4), // sar rax, 63
  plain(3), // and eax, 7
  plain(3), // xor rdx, rax
  touching(4, 'state', STORE), // mov [states + 8 * j], rdx
  plain(3), // mov rax, rdx
  plain(3), // and rax, r8, which holds words - 1
  plain(3), // mov rcx, r9, which holds words
  touching(4, 'word', LOAD, STORE), // xor [table + 8 * rax], rdx
  plain(3), // sub rcx, rax
  plain(4), // lea rcx, [table + 8 * rcx]
  touching(3, 'mirror', LOAD, STORE), // xor [rcx], rdx
  plain(4), // add j, 1
  plain(3), // mov rsi, j
  plain(7), // cmp rsi, 128
  plain(2) // jne to the first line
]

/** Where the loop lies in the text. */
const LOOP_OFFSET = 0x240
const DATA_BYTES = 8

interface Reference {
  readonly kind: AccessKind
  readonly size: number
  readonly offset: number
  readonly operand: Operand | null
}

const REFERENCES = LOOP.flatMap(referencesOf)
export const REFERENCES_PER_UPDATE = REFERENCES.length

/** Positions, in an update, of the load and the store of each operand. */
export const STEPS: Readonly<Record<Operand, readonly [number, number]>> = {
  state: stepsOf('state'),
  word: stepsOf('word'),
  mirror: stepsOf('mirror')
}

/** An update with its fetches in place, from the loop in the text at `text`; the data has no addresses yet. */
export function updateTemplate(text: Page): AccessBatch {
  const update = batchOver(batchBuffer(REFERENCES_PER_UPDATE), REFERENCES_PER_UPDATE)
  REFERENCES.forEach((reference, step) => {
    update.kind[step] = reference.kind
    update.size[step] = reference.size
    update.offset[step] = reference.offset
    update.high[step] = pageHigh(text)
    update.low[step] = pageLow(text)
  })
  return update
}

function referencesOf({ bytes, operand, accesses }: Instruction, index: number): Reference[] {
  const before = LOOP.slice(0, index).reduce((sum, instruction) => sum + instruction.bytes, 0)
  const fetch: Reference = { kind: FETCH, size: bytes, offset: LOOP_OFFSET + before, operand: null }
  return [fetch, ...accesses.map((kind) => ({ kind, size: DATA_BYTES, offset: 0, operand }))]
}

function stepsOf(operand: Operand): readonly [number, number] {
  const [load, store] = REFERENCES.flatMap((reference, step) => (reference.operand === operand ? [step] : []))
  return [load, store]
}
