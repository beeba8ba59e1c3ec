/** A bar with rate and time left on stderr, for a person who waits. */
import type { Progress } from '@shared/model/snapshot'
import { formatCount } from '@shared/format/number'
import cliProgress from 'cli-progress'

export interface ProgressLine {
  show(progress: Progress): void
  stop(): void
}

export const silent: ProgressLine = { show: () => undefined, stop: () => undefined }

function leftText(seconds: number | null): string {
  if (seconds === null) return ''
  const [minutes, rest] = [Math.floor(seconds / 60), Math.ceil(seconds % 60)]
  return minutes > 0 ? `, ${minutes} min ${rest} s left` : `, ${rest} s left`
}

/** Three digits say enough about a rate. */
const rateText = ({ perSecond, unit }: Progress): string =>
  perSecond > 0 ? `, ${formatCount(Number(perSecond.toPrecision(3)))} ${unit}/s` : ''

const FORMAT = '{task} [{bar}] {percentage} %, {done} of {all} {unit}{rate}{left}'

function progressBar(stream: NodeJS.WritableStream): ProgressLine {
  const bar = new cliProgress.SingleBar({
    stream,
    format: FORMAT,
    barsize: 24,
    barCompleteChar: '#',
    barIncompleteChar: '.',
    hideCursor: true,
    clearOnComplete: true,
    fps: 8
  })
  let task = ''
  return {
    show(progress) {
      const words = {
        task: progress.task,
        unit: progress.unit,
        done: formatCount(progress.done),
        all: formatCount(progress.total),
        rate: rateText(progress),
        left: leftText(progress.secondsLeft)
      }
      if (progress.task !== task) {
        bar.stop()
        bar.start(Math.max(1, progress.total), progress.done, words)
        task = progress.task
      }
      bar.update(progress.done, words)
    },
    stop: () => bar.stop()
  }
}

/** Does work that shows how far it is, where someone looks. */
export async function withProgressBar<T>(
  isShown: boolean,
  work: (show: (progress: Progress) => void) => Promise<T>
): Promise<T> {
  const bar = isShown ? progressBar(process.stderr) : silent
  try {
    return await work((progress) => bar.show(progress))
  } finally {
    bar.stop()
  }
}
