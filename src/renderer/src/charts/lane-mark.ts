/** The shapes that stand for a lane on a canvas: A round, B square, C a diamond, D a triangle, no lane's round. */
import { letterOf } from '@renderer/lanes/letters'

/** Corners about the middle, in halves of the mark's size; as wide as the badges that CSS draws. */
const DIAMOND: readonly (readonly [number, number])[] = [
  [0, -1.2],
  [1.2, 0],
  [0, 1.2],
  [-1.2, 0]
]
const TRIANGLE: readonly (readonly [number, number])[] = [
  [0, -1.15],
  [1.15, 0.95],
  [-1.15, 0.95]
]

function polygon(
  ctx: CanvasRenderingContext2D,
  corners: typeof DIAMOND,
  x: number,
  y: number,
  half: number
): void {
  for (const [dx, dy] of corners) ctx.lineTo(x + dx * half, y + dy * half)
  ctx.closePath()
}

function shape(
  ctx: CanvasRenderingContext2D,
  lane: number | null,
  x: number,
  y: number,
  half: number,
  round: number
): void {
  ctx.beginPath()
  if (lane === 1) ctx.roundRect(x - half, y - half, 2 * half, 2 * half, round)
  else if (lane === 2) polygon(ctx, DIAMOND, x, y, half)
  else if (lane === 3) polygon(ctx, TRIANGLE, x, y, half)
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

/** From the middle of a lane's badge to its left and right end: corners reach further than the round and square ones. */
export function badgeReach(lane: number): number {
  const corners = [[], [], DIAMOND, TRIANGLE][lane] ?? []
  return (BADGE / 2) * Math.max(1, ...corners.map(([x]) => x))
}

/** The lettered badge, its middle at x. */
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
  shape(ctx, lane, x, y, BADGE / 2, 3)
  ctx.fillStyle = onHue
  ctx.font = `700 11px ${font}`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillText(letterOf(lane), x, y + (lane === 3 ? 2.5 : 0.5))
}
