import { useState } from 'react'
import { TextField } from '../parts/field.tsx'

interface RecipientsProps {
  readonly given: readonly string[]
  readonly onSave: (recipients: readonly string[]) => void
}

export function Recipients({ given, onSave }: RecipientsProps) {
  const [text, setText] = useState(given.join(', '))
  const { list, wrong } = readAddresses(text)
  return (
    <form
      className="form form-inline"
      onSubmit={(event) => {
        event.preventDefault()
        onSave(list)
      }}
    >
      <TextField
        label="E-mail addresses, in the place of those of the file"
        value={text}
        onChange={setText}
        error={wrong}
      />
      <button type="submit" className="button button-primary" disabled={wrong !== null}>
        Save
      </button>
    </form>
  )
}

/** The addresses of a text, by commas or spaces, and what is wrong with one. */
export function readAddresses(text: string): { readonly list: readonly string[]; readonly wrong: string | null } {
  const list = text.split(/[,;\s]+/).filter(Boolean)
  const wrong = list.find((entry) => !/^[^\s@<>]+@[^\s@<>]+$/.test(entry))
  return { list, wrong: wrong === undefined ? null : `'${wrong}' is no e-mail address.` }
}
