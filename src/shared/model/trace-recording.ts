/** The way to a trace that Help and the command line name first: a script of the lab around Valgrind. */
import type { TraceRecording } from './catalogue'

export const RECORD_TRACE: TraceRecording = {
  needs: 'package valgrind',
  commands: ['scripts/record-trace PROGRAM'],
  notes: [
    'Writes PROGRAM.lackey.gz and PROGRAM.maps: every access, and the memory map of the same process.',
    'The program runs some hundred times slower; its input, output and exit code are its own.',
    '-o NAME names the files, --children takes the processes that it starts too.'
  ]
}

/** The memory map of a process, for a trace or on its own. */
export const RECORD_MAP: TraceRecording = {
  needs: 'nothing; the process is one’s own, or one is root',
  commands: ['cat /proc/PID/maps > PROGRAM.maps'],
  notes: [
    'Take it while the process runs that the trace is of: addresses are chosen anew each time.',
    'Without a map the lab guesses the areas from the pages touched, and says so.'
  ]
}
