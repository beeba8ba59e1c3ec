/**
 * xz by the decoder inside xz-decompress (xz-embedded in WebAssembly). Its own stream class allows one stream at a
 * time in a process and waits for ever behind one that nobody reads to its end, so the decoder is driven from here;
 * it takes dictionaries up to 64 MiB (xz -9), and streams one after another.
 */
import * as xzDecompress from 'xz-decompress'
import { UserError } from '@shared/model/user-error'

/** What the decoder exports. Words of a context: capacity, input start, position, size, output start, position. */
interface Decoder {
  readonly memory: { readonly buffer: ArrayBuffer }
  create_context(): number
  destroy_context(context: number): void
  supply_input(context: number, bytes: number): void
  get_next_output(context: number): number
}
interface DecoderLoader {
  _getModuleInstance(): Promise<void>
  readonly _moduleInstance: { readonly exports: unknown }
}

const CAPACITY = 0
const INPUT_START = 1
const INPUT_POSITION = 2
const INPUT_SIZE = 3
const OUTPUT_START = 4
const OUTPUT_POSITION = 5
const WORDS = 6

/** xz.h of xz-embedded. */
const OK = 0
const STREAM_END = 1
const MEMORY_ERROR = 3
const MEMORY_LIMIT = 4
const OPTIONS_ERROR = 6
const NO_PROGRESS = 8

/** A module of its own, so that its memory goes with it. */
async function newDecoder(): Promise<Decoder> {
  // Node gives the CommonJS module as the default export, a bundler its members.
  const module = 'default' in xzDecompress ? (xzDecompress.default as typeof xzDecompress) : xzDecompress
  const loader = module.XzReadableStream as unknown as DecoderLoader
  await loader._getModuleInstance()
  return loader._moduleInstance.exports as Decoder
}

/** The chunks of an xz archive, unpacked. @throws UserError for one that is cut short, damaged, or needs too much */
export async function* unpackXz(packed: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const decoder = await newDecoder()
  const context = decoder.create_context()
  const words = (): Uint32Array => new Uint32Array(decoder.memory.buffer, context, WORDS)
  const limit = words()[CAPACITY]
  let result = OK
  try {
    for await (const chunk of packed) {
      for (let at = 0; at < chunk.length; at += limit) {
        supply(decoder, context, chunk.subarray(at, at + limit))
        do {
          result = decoder.get_next_output(context)
          if (result !== OK && result !== STREAM_END) throw problem(result, name)
          const output = takeOutput(decoder, words())
          if (output.length > 0) yield output
        } while (words()[INPUT_POSITION] < words()[INPUT_SIZE])
      }
    }
    yield* rest(decoder, context, words, name)
  } finally {
    decoder.destroy_context(context)
  }
}

/** What the decoder still holds when all input is there, up to the end of the last stream. */
function* rest(
  decoder: Decoder,
  context: number,
  words: () => Uint32Array,
  name: string
): Generator<Uint8Array> {
  for (let result = OK; result !== STREAM_END;) {
    decoder.supply_input(context, 0)
    result = decoder.get_next_output(context)
    if (result !== OK && result !== STREAM_END) throw problem(result, name)
    const output = takeOutput(decoder, words())
    if (output.length > 0) yield output
  }
}

function supply(decoder: Decoder, context: number, input: Uint8Array): void {
  const start = new Uint32Array(decoder.memory.buffer, context, WORDS)[INPUT_START]
  new Uint8Array(decoder.memory.buffer).set(input, start)
  decoder.supply_input(context, input.length)
}

/** A copy: the decoder writes there again. */
function takeOutput({ memory }: Decoder, words: Uint32Array): Uint8Array {
  const start = words[OUTPUT_START]
  const output = new Uint8Array(memory.buffer).slice(start, start + words[OUTPUT_POSITION])
  words[OUTPUT_POSITION] = 0
  return output
}

function problem(result: number, name: string): UserError {
  if (result === NO_PROGRESS) return new UserError('the xz archive is cut short', name, 'copy it again')
  if (result === MEMORY_LIMIT || result === MEMORY_ERROR)
    return new UserError('the xz archive needs a dictionary over 64 MiB', name, 'pack it again with xz -9')
  if (result === OPTIONS_ERROR)
    return new UserError(
      'the xz archive uses a filter or check the lab does not know',
      name,
      'pack it again with xz'
    )
  return new UserError('the xz archive is damaged', name, 'copy it again')
}
