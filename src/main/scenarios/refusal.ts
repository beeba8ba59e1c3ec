/** A step that cannot be done. Whoever knows the step makes the line of it: `scenario PATH what (file), todo`. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  constructor(
    readonly what: string,
    readonly todo: string
  ) {
    super(what)
  }
}
