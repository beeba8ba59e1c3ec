import { endingOf } from '@main/hosts/cli/outcome'
import { printed } from '@main/hosts/cli/printed'
import { Cancelled } from '@shared/model/user-error'
import { Writable } from 'node:stream'
import { expect, it } from 'vitest'

function fullDisk(): Writable {
  const stream = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('write'), { code: 'ENOSPC' }))
  })
  return stream.on('error', () => undefined)
}

it('a full disk behind standard output is one line and no defect', async () => {
  const error: unknown = await printed(fullDisk(), '{}').catch((reason: unknown) => reason)
  expect(endingOf(error, false)).toEqual({
    code: 2,
    line: 'lab: the disk is full (standard output), free some space or send it elsewhere\n'
  })
})

it('what was cancelled before it had a result ends early, in one line', () => {
  expect(endingOf(new Cancelled('the reading was cancelled', 'a', 'begin it again'), false)).toEqual({
    code: 3,
    line: 'lab: the reading was cancelled (a), begin it again\n'
  })
})
