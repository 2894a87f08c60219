import { useState } from 'react'
import { copyText } from './copy-text.ts'

interface Props {
  readonly label: string
  readonly text: () => string | Promise<string>
  readonly className?: string
}

/** Puts a text on the clipboard and says that it did. */
export function CopyButton({ label, text, className = 'button' }: Props) {
  const [said, setSaid] = useState<string | null>(null)
  const copy = async () => {
    setSaid((await copyText(await text())) ? 'Copied' : 'Copying is not allowed here')
    setTimeout(() => setSaid(null), 2000)
  }
  return (
    <button type="button" className={className} onClick={() => void copy()}>
      <span aria-live="polite">{said ?? label}</span>
    </button>
  )
}
