/** The first wrong translation of a lane, with what a reader needs to find it. */
import { formatAddress, type Page } from '@shared/address/address'
import { ACCESS_NAMES } from '@shared/model/access'
import type { Machine } from './machine'

export interface TranslationError {
  readonly reference: number
  readonly text: string
}

export function translationError(
  machine: Machine,
  reference: number,
  kind: number,
  page: Page,
  machineFrame: number
): TranslationError {
  const reached = formatAddress(machineFrame)
  const expected = machine.stack.oracleFrame(page)
  const want = expected >= 0 ? `, the oracle map says ${formatAddress(expected)}` : ''
  const text = `reference ${reference}: ${ACCESS_NAMES[kind]} of page ${formatAddress(page)} reached machine frame ${reached}${want}`
  return { reference, text }
}
