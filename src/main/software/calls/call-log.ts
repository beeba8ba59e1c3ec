/**
 * The conversations between layers: who asked whom for what, and what each message cost. What a message takes is what
 * the books have grown by since the one before, so messages add up to what was booked. A conversation that another
 * layer begins meanwhile takes its cycles with it. Nothing here is counted or charged.
 */
import { LAYER_NAMES, type LayerName } from '@shared/model/environment'
import {
  MOST_FIRST_CALLS,
  MOST_LAST_CALLS,
  type CallMessage,
  type Conversation
} from '@shared/model/conversation'
import { COUNTER_INDEX } from '@shared/stats/counters'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A message whose costs may still grow: a call is often charged when it is over. */
export type Message = Mutable<CallMessage>

/** How it ended, and the area it was for. */
export interface Ending {
  readonly result: Conversation['result']
  readonly outcome: string
  readonly tea?: { readonly index: number } | null
}

export interface CallRequest {
  /** Number of the layer. */
  readonly asker: number
  readonly title: string
  readonly frames: number
}

/** What happened on the way, for whoever says how it ended. */
export interface Talk extends CallRequest {
  readonly reference: number
  readonly messages: Message[]
  wasDenied: boolean
  wasSplit: boolean
  hasMoved: boolean
}

/** One that is over; its area may have ended since. */
export interface KeptCall extends Omit<Conversation, 'tea'> {
  readonly area: { readonly index: number } | null
}

interface Books {
  readonly counters: Float64Array
  readonly reference: number
}

const SOFTWARE_CYCLES = COUNTER_INDEX.softwareCycles
const VM_EXITS = COUNTER_INDEX.vmExits

export class CallLog {
  private readonly first: KeptCall[] = []
  private readonly last: KeptCall[] = []
  /** The innermost is under way, those before it wait. */
  private readonly open: Talk[] = []
  private numbered = 0
  private cycles = 0
  private exits = 0

  constructor(private readonly books: Books) {}

  /** A conversation of its own around the work; how it ended is said when the work is done. */
  during<T>(request: CallRequest, work: () => T, end: (value: T, talk: Talk) => Ending): T {
    this.settle()
    const talk = talkAbout(request, this.books.reference)
    this.open.push(talk)
    try {
      const value = work()
      this.close(talk, end(value, talk))
      return value
    } catch (error) {
      this.close(talk, { result: 'denied', outcome: error instanceof Error ? error.message : '' })
      throw error
    }
  }

  /** The same, but part of the conversation that is under way, if one is. */
  within<T>(request: CallRequest, work: () => T, end: (value: T, talk: Talk) => Ending): T {
    return this.open.length > 0 ? work() : this.during(request, work, end)
  }

  /** The conversation under way, or null. */
  get current(): Talk | null {
    return this.open.at(-1) ?? null
  }

  /** A message that takes what was booked since the last one; null when nobody speaks. */
  say(from: number, to: number, text: string, isRefusal = false): Message | null {
    const { current } = this
    if (current === null) return null
    const message = { from: nameOf(from), to: nameOf(to), text, cycles: 0, exits: 0, isRefusal }
    current.messages.push(message)
    this.book(message)
    return message
  }

  /** What was booked since the last message belongs to this one. */
  book(message: Message | null): void {
    if (message === null) return
    const { counters } = this.books
    message.cycles += counters[SOFTWARE_CYCLES] - this.cycles
    message.exits += counters[VM_EXITS] - this.exits
    this.mark()
  }

  /** Those with n > after that are kept, oldest first. Looking only. */
  after(n: number): KeptCall[] {
    return [...this.first, ...this.last].filter((call) => call.n > n)
  }

  private mark(): void {
    const { counters } = this.books
    this.cycles = counters[SOFTWARE_CYCLES]
    this.exits = counters[VM_EXITS]
  }

  /** What nobody has said yet belongs to the last message of the conversation that now waits or ends. */
  private settle(): void {
    const { current } = this
    if (current === null) return this.mark()
    const { counters } = this.books
    const isBooked = counters[SOFTWARE_CYCLES] === this.cycles && counters[VM_EXITS] === this.exits
    if (!isBooked) this.book(current.messages.at(-1) ?? this.say(current.asker, current.asker, current.title))
  }

  private close(talk: Talk, { result, outcome, tea = null }: Ending): void {
    this.settle()
    this.open.pop()
    const { asker, title, frames, reference, messages } = talk
    const sum = (of: (message: CallMessage) => number): number =>
      messages.reduce((total, message) => total + of(message), 0)
    this.keep({
      n: ++this.numbered,
      reference,
      asker: nameOf(asker),
      title,
      result,
      outcome,
      frames,
      exits: sum((message) => message.exits),
      cycles: sum((message) => message.cycles),
      messages,
      area: tea
    })
  }

  private keep(call: KeptCall): void {
    if (this.first.length < MOST_FIRST_CALLS) this.first.push(call)
    else this.last.push(call)
    if (this.last.length > MOST_LAST_CALLS) this.last.shift()
  }
}

const talkAbout = (request: CallRequest, reference: number): Talk => ({
  ...request,
  reference,
  messages: [],
  wasDenied: false,
  wasSplit: false,
  hasMoved: false
})

/** Also of a virtual machine beside the one that runs here: it stands on L0 as L1 does. */
const nameOf = (layer: number): LayerName => LAYER_NAMES[layer] ?? 'L1'
