/** Plain data as YAML that is read back the same. */
export function toYaml(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return `${indent}[]\n`
    if (value.every(isScalar)) return value.map((item) => `${indent}- ${scalar(item)}\n`).join('')
    return value.map((item) => `${indent}- ${toYaml(item, `${indent}  `).trimStart()}`).join('')
  }
  if (isScalar(value)) return `${indent}${scalar(value)}\n`
  return Object.entries(value as object)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => entry(key, item, indent))
    .join('')
}

function entry(key: string, item: unknown, indent: string): string {
  if (isScalar(item)) return `${indent}${scalar(key)}: ${scalar(item)}\n`
  if (Array.isArray(item) && item.every(isScalar)) return `${indent}${scalar(key)}: [${item.map(scalar).join(', ')}]\n`
  if (Object.keys(item as object).length === 0) return `${indent}${scalar(key)}: {}\n`
  return `${indent}${scalar(key)}:\n${toYaml(item, `${indent}  `)}`
}

const isScalar = (value: unknown) => value === null || typeof value !== 'object'

/** Words that YAML would read as something else stand in quotes. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return String(value)
  const isPlain =
    /^[A-Za-z_/][\w ./-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value) && !value.endsWith(' ')
  return isPlain ? value : JSON.stringify(value)
}
