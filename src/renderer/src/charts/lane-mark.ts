/** The shapes that stand for a lane on a canvas: A round, B square, anything else round in ink. */

const isSquare = (lane: number | null): boolean => lane === 1

function shape(
  ctx: CanvasRenderingContext2D,
  lane: number | null,
  x: number,
  y: number,
  half: number,
  round: number
): void {
  ctx.beginPath()
  if (isSquare(lane)) ctx.roundRect(x - half, y - half, 2 * half, 2 * half, round)
  else ctx.arc(x, y, half, 0, 2 * Math.PI)
  ctx.fill()
}

/** 9 px point with an edge in the ground's colour, so that it stands off its own line. */
export function drawPoint(
  ctx: CanvasRenderingContext2D,
  lane: number | null,
  x: number,
  y: number,
  hue: string,
  ground: string
): void {
  ctx.fillStyle = hue
  shape(ctx, lane, x, y, 5.5, 2.5)
  ctx.fillStyle = ground
  shape(ctx, lane, x, y, 4.5, 2)
  ctx.fillStyle = hue
  shape(ctx, lane, x, y, 2.5, 0.5)
}

export const BADGE = 15

/** The lettered badge, its left edge at x. */
export function drawBadge(
  ctx: CanvasRenderingContext2D,
  lane: number,
  x: number,
  y: number,
  hue: string,
  onHue: string,
  font: string
): void {
  ctx.fillStyle = hue
  shape(ctx, lane, x + BADGE / 2, y, BADGE / 2, 3)
  ctx.fillStyle = onHue
  ctx.font = `700 11px ${font}`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillText('ABCD'[lane], x + BADGE / 2, y + 0.5)
}
