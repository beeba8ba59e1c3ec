import { TRACE_FORMAT_CHOICES } from '@shared/model/trace-format-id'
import { Option } from 'commander'

/** Without it the content tells the format. */
export const formatOption = (): Option =>
  new Option('--format <F>', 'format of the trace (default: told by its content)').choices([
    ...TRACE_FORMAT_CHOICES
  ])
