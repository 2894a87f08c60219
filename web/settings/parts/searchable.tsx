import { type ReactNode, useState } from 'react'
import { TextField } from './field.tsx'
import { Nothing } from './section.tsx'

interface Props<T> {
  readonly items: readonly T[]
  readonly label: string
  /** What is searched of one. */
  readonly textOf: (item: T) => string
  readonly children: (items: readonly T[]) => ReactNode
}

/** A list with a search above it, as soon as it is too long to be looked over. */
export function Searchable<T>({ items, label, textOf, children }: Props<T>) {
  const [search, setSearch] = useState('')
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = items.filter((item) => words.every((word) => textOf(item).toLowerCase().includes(word)))
  return (
    <>
      {items.length > 8 && (
        <search className="form form-inline searchable">
          <TextField label={label} type="search" value={search} onChange={setSearch} />
        </search>
      )}
      {found.length === 0 ? <Nothing text="Nothing fits the search." /> : children(found)}
    </>
  )
}
