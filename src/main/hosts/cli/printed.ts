import { fileProblem } from '@main/store/file-problem'

/** Resolves when the text is handed on; UserError when a full disk or the like stands behind the stream. */
export const printed = (stream: NodeJS.WritableStream, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) reject(fileProblem(error, 'standard output', 'free some space or send it elsewhere'))
      else resolve()
    })
  })
