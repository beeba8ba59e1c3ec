import { endingOf } from '@main/hosts/cli/outcome'
import { printed } from '@main/hosts/cli/printed'
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
