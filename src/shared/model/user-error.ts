/**
 * Something a person can mend: bad usage or bad input. One line: what is wrong (where), what to do.
 * Everything else that is thrown is a defect of the lab.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError'
  constructor(
    readonly what: string,
    readonly where: string,
    readonly todo: string
  ) {
    super(where ? `${what} (${where}), ${todo}` : `${what}, ${todo}`)
  }
}

/** Someone stopped the work before there was anything to show for it. */
export class Cancelled extends UserError {
  override readonly name = 'Cancelled'
}
