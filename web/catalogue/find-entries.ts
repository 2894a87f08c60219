import type { Entry } from './catalogue-queries.ts'

/** Entries that have every word in their name, description, owner, category or synonyms; names that match come first. */
export function findEntries(entries: readonly Entry[], text: string): readonly Entry[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries
  return entries
    .flatMap((entry) => {
      const name = `${entry.label} ${entry.name.replaceAll('_', ' ')} ${entry.name}`.toLowerCase()
      const synonyms = entry.synonyms.join(' ').toLowerCase()
      const rest = [entry.description, entry.owner, entry.category, entry.tier].join(' ').toLowerCase()
      if (!words.every((word) => `${name} ${synonyms} ${rest}`.includes(word))) return []
      const score = words.every((word) => name.includes(word))
        ? 0
        : words.every((word) => `${name} ${synonyms}`.includes(word))
          ? 1
          : 2
      return [{ entry, score }]
    })
    .sort((a, b) => a.score - b.score)
    .map(({ entry }) => entry)
}
