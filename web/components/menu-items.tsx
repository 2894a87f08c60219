export type MenuItem = readonly [label: string, run: (button: HTMLElement) => void]

interface Props {
  readonly items: readonly MenuItem[]
  readonly close: () => void
  /** Items that one presses more than once: the menu stays open. */
  readonly staying?: readonly string[]
}

/** What a menu offers, one below the other. */
export function MenuItems({ items, close, staying = [] }: Props) {
  return (
    <div className="menu-items">
      {items.map(([label, run], index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: two things may be called the same.
          key={index}
          type="button"
          className="menu-item"
          onClick={(event) => {
            run(event.currentTarget)
            if (!staying.includes(label)) close()
          }}
        >
          {label}
        </button>
      ))}
    </div>
  )
}
