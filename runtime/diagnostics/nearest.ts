import { distance } from 'fastest-levenshtein'

/** The candidate that was most likely meant, or undefined where none is near enough. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalize(name)
  const limit = Math.max(wanted.length > 2 ? 1 : 0, Math.floor(wanted.length * 0.4))
  let best: string | undefined
  let bestScore = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const score = difference(wanted, normalize(candidate))
    if (score <= limit && score < bestScore) {
      best = candidate
      bestScore = score
    }
  }
  return best
}

/** "Did you mean `x`?", else what there is, else undefined. `list` shows at most `max` of the candidates. */
export function suggest(name: string, candidates: Iterable<string>, max = 12): string | undefined {
  const all = [...new Set(candidates)]
  const near = nearest(name, all)
  if (near !== undefined) return `Did you mean \`${near}\`?`
  return all.length === 0 ? undefined : `It can be ${oneOf(all, max)}.`
}

/** "`a`, `b` or `c`", cut after `max`. */
export function oneOf(names: readonly string[], max = 12): string {
  const quoted = names.slice(0, max).map((name) => `\`${name}\``)
  if (names.length > max) return `${quoted.join(', ')} … (${names.length - max} more)`
  if (quoted.length < 2) return quoted.join('')
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
}

const lettersOf = (text: string) => [...text].sort().join('')

const normalize = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/** Edits between two names; words in another order or a word too many or too few count little. */
function difference(a: string, b: string): number {
  const edits = distance(a, b)
  if (edits <= 1) return edits
  // Two letters in each other's place are the most common slip.
  if (edits === 2 && lettersOf(a) === lettersOf(b)) return 1
  const words = (text: string) => text.split(/[_.]/).filter(Boolean).sort()
  const [left, right] = [words(a), words(b)]
  const sorted = distance(left.join('_'), right.join('_')) + 0.5
  const [few, many] = left.length <= right.length ? [left, right] : [right, left]
  const contained = few.join('').length >= 3 && few.every((word) => many.includes(word))
  const partial = contained ? 1 + (many.length - few.length) * 0.5 : Number.POSITIVE_INFINITY
  return Math.min(edits, sorted, partial)
}
