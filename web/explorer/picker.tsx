import { useState } from 'react'

export interface PickerItem {
  readonly name: string
  readonly label: string
  readonly text: string
  readonly group: string
  /** Why it cannot be chosen now. */
  readonly refusal: string | null
}

interface Props {
  readonly title: string
  readonly items: readonly PickerItem[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** A searched list by groups; what cannot be chosen says why. */
export function Picker({ title, items, chosen, onChange }: Props) {
  const [search, setSearch] = useState('')
  const found = items.filter(({ name, label, text }) =>
    `${name} ${label} ${text}`.toLowerCase().includes(search.trim().toLowerCase()),
  )
  const isOpen = ({ name, refusal }: PickerItem) => refusal === null || chosen.includes(name)
  // Groups with something to choose come first, and in each what is chosen.
  const groups = [...new Set(found.map(({ group }) => group))].sort(
    (a, b) => Number(isAllShut(a)) - Number(isAllShut(b)) || a.localeCompare(b),
  )
  function isAllShut(group: string): boolean {
    return !found.some((item) => item.group === group && isOpen(item))
  }
  const rankOf = (item: PickerItem) => (chosen.includes(item.name) ? 0 : isOpen(item) ? 1 : 2)
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name])
  return (
    <section className="picker" aria-label={title}>
      <h2>{title}</h2>
      {chosen.length > 0 && (
        <ul className="picker-chosen">
          {chosen.map((name) => {
            const label = items.find((item) => item.name === name)?.label ?? name
            return (
              <li key={name}>
                <button type="button" className="chip" aria-label={`Remove ${label}`} onClick={() => toggle(name)}>
                  {label} <span aria-hidden="true">✕</span>
                </button>
              </li>
            )
          })}
        </ul>
      )}
      <input
        type="search"
        aria-label={`Search ${title.toLowerCase()}`}
        placeholder="Search"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by key. */}
      <div className="picker-list" tabIndex={0}>
        {groups.map((group) => (
          <fieldset key={group}>
            <legend>{group.replaceAll('_', ' ')}</legend>
            {found
              .filter((item) => item.group === group)
              .sort((a, b) => rankOf(a) - rankOf(b))
              .map(({ name, label, text, refusal }) => {
                const isChosen = chosen.includes(name)
                const isRefused = refusal !== null && !isChosen
                return (
                  <label key={name} className="picker-item" title={isRefused ? `${label}: ${refusal}` : text}>
                    <input type="checkbox" checked={isChosen} disabled={isRefused} onChange={() => toggle(name)} />
                    <span>
                      {label}
                      {isRefused && <small>{refusal}</small>}
                    </span>
                  </label>
                )
              })}
          </fieldset>
        ))}
      </div>
    </section>
  )
}
