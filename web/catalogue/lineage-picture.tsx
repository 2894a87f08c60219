import { useEffect, useRef } from 'react'
import { navigate } from '../queries/page-state.ts'
import type { Lineage, LineageNode } from './catalogue-queries.ts'
import { layOut, NODE, type Placed } from './lay-out.ts'

const KINDS: Readonly<Record<string, string>> = {
  source: 'Source',
  relation: 'SQL model',
  model: 'Semantic model',
  dimension: 'Dimension',
  metric: 'Metric',
  dashboard: 'Dashboard',
  alert: 'Alert',
  report: 'Report',
}

interface Props {
  readonly lineage: Lineage
  readonly current: string
}

/** From the sources on the left to dashboards, alerts and reports on the right. */
export function LineagePicture({ lineage, current }: Props) {
  const frame = useRef<HTMLElement>(null)
  const { nodes, edges, width, height } = layOut(lineage)
  const own = nodes.find(({ id }) => id === current)
  const [x, y] = [own?.x ?? 0, own?.y ?? 0]
  useEffect(() => {
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {}
    frame.current?.scrollTo(x + (NODE.width - clientWidth) / 2, y + (NODE.height - clientHeight) / 2)
  }, [x, y])
  if (nodes.length === 0) return <p className="state-text">Nothing leads here or away from here.</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys.
    <section ref={frame} className="catalogue-scroll" aria-label="Lineage drawn" tabIndex={0}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the section is named, and each node is a link with a name. */}
      <svg className="lineage" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <g>
          {edges.map(({ id, path }) => (
            <path key={id} className="lineage-edge" d={path} />
          ))}
        </g>
        {nodes.map((node) => (
          <Node key={node.id} node={node} current={node.id === current} />
        ))}
      </svg>
    </section>
  )
}

function Node({ node, current }: { readonly node: Placed<LineageNode>; readonly current: boolean }) {
  const { x, y, kind, label, href, name } = node
  const box = (
    <g transform={`translate(${x} ${y})`} className="lineage-node" data-kind={kind} data-current={current}>
      <title>{`${KINDS[kind] ?? kind} ${name}`}</title>
      <rect width={NODE.width} height={NODE.height} rx={6} />
      <text className="lineage-kind" x={10} y={15}>
        {KINDS[kind] ?? kind}
      </text>
      <text className="lineage-label" x={10} y={31}>
        {label.length > 23 ? `${label.slice(0, 22)}…` : label}
      </text>
    </g>
  )
  if (href === null || current) return box
  const onClick = (event: React.MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <a href={href} aria-label={`${KINDS[kind] ?? kind} ${label}`} onClick={onClick}>
      {box}
    </a>
  )
}
