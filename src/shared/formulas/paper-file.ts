/** A file for the paper's formulas, of either kind; its lines say which. */
import { UserError } from '../model/user-error'
import { HistogramReader, type Histogram } from './histogram-reader'
import { PerfReader, type PerfCounts } from './perf-counts'

export type PaperFile = Histogram | PerfCounts

/** Takes the lines of a file one after another and says in the end what they were. */
export class PaperFileReader {
  private readonly histogram = new HistogramReader()
  private readonly perf = new PerfReader()
  private line = 0

  take(text: string): void {
    this.line++
    this.histogram.take(text, this.line)
    this.perf.take(text, this.line)
  }

  /** Some of its lines are a histogram's or perf counts, whatever is wrong with others. */
  get isEither(): boolean {
    return this.histogram.isHistogram || this.perf.isPerf
  }

  /** @throws UserError when the file is neither, or is wrong in one of its lines */
  end(name: string): PaperFile {
    if (this.histogram.isHistogram) return this.histogram.end(name)
    if (this.perf.isPerf) return this.perf.end(name)
    throw new UserError(
      'this is neither a histogram of walks nor a perf .short file',
      name,
      'give a sim.log, an expected.*.txt or a .short file'
    )
  }
}
