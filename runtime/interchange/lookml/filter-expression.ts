/** A filter expression of Looker as SQL over a dimension, or undefined where it means a span of time or the like. */
export function filterSql(reference: string, type: string, expression: string): string | undefined {
  const text = expression.trim()
  if (type === 'yesno') return /^yes$/i.test(text) ? reference : /^no$/i.test(text) ? `not ${reference}` : undefined
  if (type === 'number') return numberFilter(reference, text)
  if (type === 'string' || type === 'zipcode') return stringFilter(reference, text)
  return undefined
}

function stringFilter(reference: string, text: string): string | undefined {
  const items = text.split(/(?<!\^),/).map((item) => item.trim().replaceAll('^', ''))
  if (text === '' || items.some((item) => item === '')) return undefined
  const wanted = items.filter((item) => !item.startsWith('-'))
  const refused = items.filter((item) => item.startsWith('-')).map((item) => item.slice(1))
  const parts = [...either(reference, wanted), ...refused.map((item) => `not (${textMatch(reference, item)})`)]
  const keepsNull = wanted.length === 0 && refused.length > 0 && !refused.some((item) => /^(null|empty)$/i.test(item))
  const sql = parts.join(' and ')
  return keepsNull ? `((${sql}) or ${reference} is null)` : sql
}

function either(reference: string, items: readonly string[]): readonly string[] {
  const plain = items.filter((item) => !isPattern(item))
  const patterns = items.filter(isPattern).map((item) => textMatch(reference, item))
  const list =
    plain.length > 1
      ? [`${reference} in (${plain.map(quote).join(', ')})`]
      : plain.map((item) => textMatch(reference, item))
  const all = [...list, ...patterns]
  return all.length > 1 ? [`(${all.join(' or ')})`] : all
}

const isPattern = (item: string) => item.includes('%') || /^(null|empty)$/i.test(item)

function textMatch(reference: string, item: string): string {
  if (/^null$/i.test(item)) return `${reference} is null`
  if (/^empty$/i.test(item)) return `coalesce(${reference}, '') = ''`
  return item.includes('%') ? `${reference} like ${quote(item)}` : `${reference} = ${quote(item)}`
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

const NUMBER = '-?\\d+(?:\\.\\d+)?'
const INTERVAL = new RegExp(`^([[(])\\s*(${NUMBER}|-?inf)?\\s*,\\s*(${NUMBER}|inf)?\\s*([\\])])$`, 'i')
const COMPARED = new RegExp(`^(<=|>=|<>|!=|=|<|>)?\\s*(${NUMBER})$`)

function numberFilter(reference: string, text: string): string | undefined {
  if (/^null$/i.test(text)) return `${reference} is null`
  if (/^not null$/i.test(text)) return `${reference} is not null`
  const interval = INTERVAL.exec(text)
  if (interval !== null) return intervalSql(reference, interval)
  const both = text.split(/\s+and\s+/i)
  const all = both.length > 1 ? both : text.split(/\s*,\s*|\s+or\s+/i)
  const parts = all.map((item) => comparison(reference, item.trim()))
  if (parts.some((part) => part === undefined)) return undefined
  return parts.length === 1 ? parts[0] : `(${parts.join(both.length > 1 ? ' and ' : ' or ')})`
}

function comparison(reference: string, item: string): string | undefined {
  const negated = /^not\s+/i.test(item)
  const [, operator = '=', value] = COMPARED.exec(item.replace(/^not\s+/i, '')) ?? []
  if (value === undefined) return undefined
  return negated ? `${reference} <> ${value}` : `${reference} ${operator === '!=' ? '<>' : operator} ${value}`
}

function intervalSql(reference: string, [, open, low, high, close]: RegExpExecArray): string | undefined {
  const bounds = [
    low === undefined || /inf/i.test(low) ? [] : [`${reference} ${open === '[' ? '>=' : '>'} ${low}`],
    high === undefined || /inf/i.test(high) ? [] : [`${reference} ${close === ']' ? '<=' : '<'} ${high}`],
  ].flat()
  return bounds.length === 0 ? undefined : bounds.join(' and ')
}
