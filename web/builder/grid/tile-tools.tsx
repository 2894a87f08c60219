import { type MenuItem, MenuItems } from '../../components/menu-items.tsx'
import { Popover } from '../../components/popover.tsx'
import type { TileDeeds } from './tile.tsx'

interface Props {
  readonly name: string
  readonly width: number
  readonly deeds: TileDeeds
}

/** Everything that dragging does, without dragging. */
export function TileTools({ name, width, deeds }: Props) {
  const ways: readonly MenuItem[] = [
    ['Move left', () => deeds.step('left')],
    ['Move right', () => deeds.step('right')],
    ['Move up', () => deeds.step('up')],
    ['Move down', () => deeds.step('down')],
    ['Into a row of its own', deeds.ownRow],
    ['Wider', () => deeds.resize({ width: Math.min(12, width + 1) })],
    ['Narrower', () => deeds.resize({ width: Math.max(1, width - 1) })],
    ['Duplicate', deeds.duplicate],
  ]
  return (
    <div className="tile-tools">
      <button
        type="button"
        className="icon-button tile-grip"
        tabIndex={-1}
        aria-hidden="true"
        title="Drag to move"
        onPointerDown={deeds.drag}
      >
        <Sign path="M9 5h.010M9 12h.010M9 19h.010M15 5h.010M15 12h.010M15 19h.010" />
      </button>
      <button type="button" className="icon-button" aria-label={`Edit ${name}`} title="Edit" onClick={deeds.open}>
        <Sign path="M4 20h4L19 9l-4-4L4 16z" />
      </button>
      <Popover
        align="end"
        className="icon-button"
        name={`Move, resize or duplicate ${name}`}
        label={<Sign path="M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3" />}
      >
        {(close) => <MenuItems items={ways} close={close} staying={['Wider', 'Narrower']} />}
      </Popover>
      <button type="button" className="icon-button" aria-label={`Remove ${name}`} title="Remove" onClick={deeds.remove}>
        <Sign path="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13" />
      </button>
    </div>
  )
}

const Sign = ({ path }: { readonly path: string }) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
)
