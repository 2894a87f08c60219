const PATHS: Readonly<Record<string, string>> = {
  overview: 'M3 12h4l3-8 4 16 3-8h4',
  usage: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
  performance: 'M12 14l4-5M4.5 18a9 9 0 1 1 15 0',
  cost: 'M12 3v18M16.5 7.5C15.5 6 14 5.5 12 5.5c-2.500 0-4.500 1-4.500 3.200 0 4.600 9.500 2.200 9.500 6.600 0 2.200-2.200 3.200-5 3.200-2.200 0-4-.700-5-2.500',
  security: 'M12 3l8 3v6c0 4.500-3.300 8-8 9-4.700-1-8-4.500-8-9V6z',
  team: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-3.500 3-6 6.500-6s6.500 2.500 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2.200.800 3.500 2.800 3.500 5.500',
  page: 'M4 5h16M4 12h16M4 19h10',
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/overview|executive|home|gauge/, 'overview'],
  [/usage|activity|chart|bar/, 'usage'],
  [/perform|speed|latency|health/, 'performance'],
  [/cost|spend|money|dollar|coin|budget|currency/, 'cost'],
  [/secur|complian|shield|lock/, 'security'],
  [/team|people|user|group/, 'team'],
]

/** The icon of a page, by the name it declares or by words of its own name. */
export function Icon({ name }: { readonly name: string }) {
  const known = WORDS.find(([word]) => word.test(name.toLowerCase()))?.[1] ?? 'page'
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[known]} />
    </svg>
  )
}
