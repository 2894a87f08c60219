interface Props {
  readonly status: 'good' | 'warn' | 'bad' | 'none'
  readonly label: string
}

const SIGNS = { good: '✓', warn: '!', bad: '✕', none: '–' } as const

/** Good, needs work or poor: a sign and a word, never a colour alone. */
export function StatusMark({ status, label }: Props) {
  return (
    <span className="status-mark" data-status={status}>
      <span aria-hidden="true">{SIGNS[status]}</span> {label}
    </span>
  )
}
