/** A conversation as a drawing: a lifeline for each layer, innermost on the left, and a line for each message. */
import { LAYER_NAMES, type LayerName } from '@shared/model/environment'
import type { CallMessage } from '@shared/model/conversation'

export interface SequenceMessage {
  readonly n: number
  readonly message: CallMessage
  readonly y: number
  readonly from: number
  readonly to: number
  /** Middle of the line, kept inside the drawing for the words. */
  readonly middle: number
}

export interface Sequence {
  readonly width: number
  readonly height: number
  readonly lifelines: readonly { readonly layer: LayerName; readonly x: number }[]
  readonly messages: readonly SequenceMessage[]
}

const EDGE = 22
const HEAD = 34
const ROW = 39

/** Layers between the first and the last that speak have their lifeline too. */
function layersOf(messages: readonly CallMessage[]): LayerName[] {
  const speaking = messages.flatMap(({ from, to }) => [from, to])
  const numbers = speaking.map((layer) => LAYER_NAMES.indexOf(layer))
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)]
  return LAYER_NAMES.filter((_, i) => i >= first && i <= last).reverse()
}

/** A message that a layer sends itself is a short line to the left or right of its lifeline. */
const OWN = 26

export function sequenceOf(messages: readonly CallMessage[], width: number): Sequence {
  const layers = messages.length === 0 ? [] : layersOf(messages)
  const step = layers.length > 1 ? (width - 2 * EDGE) / (layers.length - 1) : 0
  const xOf = (layer: LayerName): number => EDGE + layers.indexOf(layer) * step
  const drawn = messages.map((message, i): SequenceMessage => {
    const from = xOf(message.from)
    const isOwn = message.from === message.to
    const to = isOwn ? from + (from > width / 2 ? -OWN : OWN) : xOf(message.to)
    return { n: i + 1, message, y: HEAD + ROW * (i + 1), from, to, middle: (from + to) / 2 }
  })
  return {
    width,
    height: HEAD + ROW * messages.length + 14,
    lifelines: layers.map((layer) => ({ layer, x: xOf(layer) })),
    messages: drawn
  }
}
