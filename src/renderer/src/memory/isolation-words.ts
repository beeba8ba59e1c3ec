/** What a guest may try with an area that is not its own, as buttons say it. */
import { ISOLATION_TRIES, type IsolationTryId } from '@shared/model/isolation-try'

const WORDS: Record<IsolationTryId, { title: string; question: string }> = {
  own: { title: 'Its own area', question: 'The guest names the area that the host granted it.' },
  'other-guest': {
    title: 'Another guest’s area',
    question: 'The guest names the area of the hypervisor that runs it, to read where its memory lies.'
  },
  freed: { title: 'An area it gave back', question: 'The guest names an area that was its own once.' },
  'beyond-end': {
    title: 'Beyond the end',
    question: 'The guest names its own area, and more slots than it has.'
  },
  'made-up': { title: 'A made-up number', question: 'The guest names an area that nobody has.' }
}

export const ISOLATION_CHOICES = ISOLATION_TRIES.map((id) => ({ id, ...WORDS[id] }))
