import { type ReactNode, useId } from 'react'

interface Props {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  readonly children: (props: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': true | undefined
  }) => ReactNode
}

/** A control with its label, and what is wrong with it or else a hint below. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId()
  const below = error ?? hint
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': below ? `${id}-note` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {below && (
        <p id={`${id}-note`} className={error ? 'field-error' : 'field-hint'}>
          {below}
        </p>
      )}
    </div>
  )
}

interface TextProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'number' | 'search'
  readonly autoComplete?: string
  readonly placeholder?: string
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  readonly disabled?: boolean
}

export function TextField({ label, hint, error, onChange, type = 'text', ...input }: TextProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(props) => (
        <input
          {...props}
          {...input}
          type={type}
          className="input"
          step={type === 'number' ? 'any' : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

interface SelectProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [T, string])[]
  readonly onChange: (value: T) => void
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
}

export function SelectField<T extends string>({ label, value, options, onChange, hint, error }: SelectProps<T>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(props) => (
        <select {...props} className="input" value={value} onChange={(event) => onChange(event.target.value as T)}>
          {options.map(([name, text]) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
