/** Runs one case in a process of its own: what one taught the compiler, or left in memory, must not touch another. */
import { BENCH_CASES } from './cases'

const name = process.argv[2]
const one = BENCH_CASES.find((known) => known.name === name)
if (!one) throw new Error(`bench: there is no case ${name}`)
const measured = await one.measure()
process.send?.({ name, ...measured }, undefined, undefined, () => process.exit(0))
