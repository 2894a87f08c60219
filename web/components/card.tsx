import type { ReactNode } from 'react'
import { Link } from './link.tsx'

export type CardKind = 'kpi' | 'chart' | 'text'

interface Props {
  readonly title: string
  readonly description: string | undefined
  /** What is else than on the rest of the page. */
  readonly note?: string | null
  readonly width: number
  readonly loading: boolean
  readonly drill: string | undefined
  readonly kind?: CardKind
  /** Rows of 80 px, where the widget says so. */
  readonly height?: number | undefined
  /** Shown at the end of the header. */
  readonly tools?: ReactNode
  readonly children: ReactNode
}

/** The frame of every widget. */
export function Card({
  title,
  note = null,
  description,
  width,
  loading,
  drill,
  kind = 'chart',
  height,
  tools,
  children,
}: Props) {
  const style = height === undefined ? undefined : { minHeight: height * 80 }
  return (
    <section
      className="card"
      data-kind={kind}
      data-width={width}
      data-drill={drill !== undefined}
      aria-busy={loading}
      aria-label={title}
      style={style}
    >
      {loading && <div className="progress" aria-hidden="true" />}
      <header className="card-header">
        <h3 className="card-title" title={description === undefined || description === '' ? title : description}>
          {drill === undefined ? (
            title
          ) : (
            <Link className="card-drill" href={drill}>
              {title}
              <span className="card-chevron" aria-hidden="true">
                ›
              </span>
            </Link>
          )}
        </h3>
        {note !== null && <span className="card-note">{note}</span>}
        <div className="card-tools">{tools}</div>
      </header>
      {children}
    </section>
  )
}

const ICONS = {
  table: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 10v9',
  chart: 'M4 4v16h16M8 16v-5M12.500 16V8M17 16v-3',
} as const

interface ToolProps {
  readonly label: string
  readonly icon: 'table' | 'chart'
  readonly pressed: boolean
  readonly onPress: () => void
}

/** A small button of a card's header. */
export function CardTool({ label, icon, pressed, onPress }: ToolProps) {
  return (
    <button
      type="button"
      className="card-tool"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onPress}
    >
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={ICONS[icon]} />
      </svg>
    </button>
  )
}
