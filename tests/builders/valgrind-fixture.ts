/**
 * tests/fixtures/valgrind: one program (mixed.c, gcc -O1 -static), its trace and map by scripts/record-trace, what
 * Lackey printed of the same run, and what Cachegrind counted with two sets of caches, all with the same environment.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { openStream } from '@main/store/open-stream'
import { openTraceSource, type OpenedTrace } from '@main/traces/trace-source'

export const valgrindFixture = (file: string): string => resolve('tests/fixtures/valgrind', file)
const textOf = (file: string): string => readFileSync(valgrindFixture(file), 'utf8')
const number = (text: string): number => Number(text.replaceAll(',', ''))

/** Valgrind's launcher, where it is installed. */
export const VALGRIND = ['/usr/bin/valgrind', '/usr/local/bin/valgrind'].find(existsSync)

export const openMixed = (): Promise<OpenedTrace> =>
  openTraceSource({
    openTrace: () => openStream(valgrindFixture('mixed.lackey.gz')),
    openMap: () => openStream(valgrindFixture('mixed.maps')),
    format: 'lackey',
    levels: 4,
    loop: false
  })

/** Lackey's own totals: instructions, and loads and stores of all types together. */
export function lackeyTotals(text = textOf('lackey.txt')): {
  fetches: number
  loads: number
  stores: number
} {
  const instructions = /guest instrs:\s+([\d,]+)/.exec(text)?.[1] ?? ''
  const types = text.matchAll(/^==\d+== +[IFVD]\d+ +([\d,]+) +([\d,]+) +[\d,]+$/gm)
  const totals = { fetches: number(instructions), loads: 0, stores: 0 }
  for (const [, loads, stores] of types) {
    totals.loads += number(loads)
    totals.stores += number(stores)
  }
  return totals
}

/** The summary of Cachegrind's output file, by the names of its events: Ir I1mr ILmr Dr D1mr DLmr Dw D1mw DLmw. */
export function cachegrindSummary(file: string): Record<string, number> {
  const text = textOf(file)
  const line = (name: string): string[] =>
    (new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '').trim().split(/\s+/)
  const counts = line('summary').map(Number)
  return Object.fromEntries(line('events').map((event, at) => [event, counts[at]]))
}
