import type { Lineage, LineageNode } from './catalogue-queries.ts'

export const NODE = { width: 168, height: 40 } as const
const GAP = { x: 36, y: 12 } as const
const ROUNDS = 4

export type Placed<T> = T & { readonly x: number; readonly y: number }

export interface Drawing {
  readonly nodes: readonly Placed<LineageNode>[]
  readonly edges: readonly { readonly id: string; readonly path: string }[]
  readonly width: number
  readonly height: number
}

/** Columns by layer, each in the order in which its lines cross least. */
export function layOut({ nodes, edges }: Lineage): Drawing {
  const count = Math.max(0, ...nodes.map(({ layer }) => layer + 1))
  let columns = Array.from({ length: count }, (_, layer) => nodes.filter((node) => node.layer === layer))
  for (let round = 0; round < ROUNDS; round += 1) columns = sorted(columns, edges)
  const most = Math.max(1, ...columns.map(({ length }) => length))
  const height = most * (NODE.height + GAP.y) + GAP.y
  const placed = new Map<string, Placed<LineageNode>>()
  columns.forEach((column, layer) => {
    const top = (height - column.length * (NODE.height + GAP.y) + GAP.y) / 2
    column.forEach((node, index) => {
      placed.set(node.id, { ...node, x: 1 + layer * (NODE.width + GAP.x), y: top + index * (NODE.height + GAP.y) })
    })
  })
  return {
    nodes: [...placed.values()],
    edges: edges.flatMap(({ from, to }) => {
      const [a, b] = [placed.get(from), placed.get(to)]
      return a === undefined || b === undefined ? [] : [{ id: `${from} ${to}`, path: curve(a, b) }]
    }),
    width: Math.max(1, count) * (NODE.width + GAP.x) - GAP.x + 2,
    height,
  }
}

/** Each node at the mean place of its neighbours. */
function sorted(columns: readonly LineageNode[][], edges: Lineage['edges']): LineageNode[][] {
  const place = new Map(
    columns.flatMap((column) => column.map((node, index) => [node.id, (index + 0.5) / column.length])),
  )
  const meanOf = (id: string) => {
    const near = edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []))
    const places = near.map((one) => place.get(one) ?? 0.5)
    return places.length === 0 ? 0.5 : places.reduce((sum, one) => sum + one, 0) / places.length
  }
  return columns.map((column) =>
    [...column].sort((a, b) => meanOf(a.id) - meanOf(b.id) || a.label.localeCompare(b.label)),
  )
}

function curve(from: Placed<LineageNode>, to: Placed<LineageNode>): string {
  const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2]
  const [x2, y2] = [to.x, to.y + NODE.height / 2]
  const middle = (x1 + x2) / 2
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`
}
