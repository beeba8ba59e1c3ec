import { basename } from 'node:path'

export const USAGE = `Usage: scripts/record-trace [options] PROGRAM [ARGUMENTS...]

Runs PROGRAM under Valgrind and records what it fetches, reads and writes:
  NAME.lackey.gz  every access, in the order of the program
  NAME.maps       the memory map of the same process

Options:
  -o, --output NAME  name of the files without their endings; the program's name when missing
  -c, --children     also the processes that the program starts, as NAME.PID.lackey.gz and NAME.PID.maps;
                     their accesses lie uncompressed on disk until the end
  -q, --quiet        print nothing but errors
  -h, --help         this text

The program runs some hundred times slower. Its output, its input and its exit code are its own.
Valgrind is needed: sudo apt install valgrind
`

/**
 * @typedef {{ name: string, children: boolean, quiet: boolean, program: string, args: string[] }} Options
 *
 * What was asked for, or what is wrong with it; null when help was asked for.
 * @param {readonly string[]} argv
 * @returns {Options | string | null}
 */
export function readOptions(argv) {
  const given = { name: '', children: false, quiet: false }
  let at = 0
  for (; at < argv.length && argv[at].startsWith('-'); at++) {
    const option = argv[at]
    if (option === '-h' || option === '--help') return null
    if (option === '--') {
      at++
      break
    }
    if (option === '-c' || option === '--children') given.children = true
    else if (option === '-q' || option === '--quiet') given.quiet = true
    else if (option === '-o' || option === '--output') given.name = argv[++at] ?? ''
    else return `unknown option ${option}, see scripts/record-trace --help`
    if (given.name === '' && /^(-o|--output)$/.test(option)) return 'no name after -o, give one: -o NAME'
  }
  const [program, ...args] = argv.slice(at)
  if (program === undefined || program === '')
    return 'no program to record, give one: scripts/record-trace PROGRAM'
  return { ...given, name: given.name || basename(program), program, args }
}
