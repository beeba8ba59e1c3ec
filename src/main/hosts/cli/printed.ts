import { fileProblem } from '@main/store/file-problem'

/** Resolves when the text is handed on; UserError when a full disk or the like stands behind the stream. */
export async function printed(stream: NodeJS.WritableStream, text: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()))
    })
  } catch (error) {
    throw fileProblem(error, 'standard output', 'free some space or send it elsewhere')
  }
}
