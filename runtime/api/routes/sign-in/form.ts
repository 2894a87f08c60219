/** Text as it may stand in HTML, between tags and in quotes. */
export function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (char) => names[char] ?? char)
}

export interface Field {
  readonly name: string
  readonly label: string
  readonly type?: 'email' | 'password' | 'text'
  readonly autocomplete: string
  readonly value?: string
  readonly hint?: string
  /** What is wrong with it. */
  readonly error?: string | undefined
  readonly placeholder?: string
  readonly optional?: boolean
  readonly focus?: boolean
}

/** A label, its input and below it what is wrong with it, or else a hint. */
export function fieldHtml({ name, label, type = 'text', autocomplete, value = '', ...field }: Field): string {
  const { hint, error, placeholder, optional = false, focus = false } = field
  const below = error ?? hint
  const attributes = [
    `id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"`,
    type === 'password' ? '' : `value="${escapeHtml(value)}"`,
    placeholder === undefined ? '' : `placeholder="${escapeHtml(placeholder)}"`,
    optional ? '' : 'required',
    focus ? 'autofocus' : '',
    below === undefined ? '' : `aria-describedby="${name}-note"`,
    error === undefined ? '' : 'aria-invalid="true"',
    name === 'code' ? 'inputmode="numeric" maxlength="7"' : '',
    'spellcheck="false"',
  ]
  const note = below === undefined ? '' : noteHtml(name, below, error !== undefined)
  return `<div class="field"><label for="${name}">${escapeHtml(label)}${optional ? ' <span>optional</span>' : ''}</label>
<input ${attributes.filter(Boolean).join(' ')} />${note}</div>`
}

function noteHtml(name: string, text: string, isError: boolean): string {
  return `<p id="${name}-note" class="${isError ? 'error' : 'hint'}">${escapeHtml(text)}</p>`
}

export function formHtml(action: string, fields: readonly string[], button: string, hidden = {}): string {
  const kept = Object.entries<string>(hidden)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}" />`)
  const inside = [...kept, ...fields, `<button type="submit">${escapeHtml(button)}</button>`]
  return `<form method="post" action="${action}">${inside.join('\n')}</form>`
}
