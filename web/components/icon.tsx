const PATHS: Readonly<Record<string, string>> = {
  overview: 'M3 12h4l3-8 4 16 3-8h4',
  usage: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
  performance: 'M12 14l4-5M4.5 18a9 9 0 1 1 15 0',
  cost: 'M12 3v18M16.5 7.5C15.5 6 14 5.5 12 5.5c-2.500 0-4.500 1-4.500 3.200 0 4.600 9.500 2.200 9.500 6.600 0 2.200-2.200 3.200-5 3.200-2.200 0-4-.700-5-2.500',
  security: 'M12 3l8 3v6c0 4.500-3.300 8-8 9-4.700-1-8-4.500-8-9V6z',
  team: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-3.500 3-6 6.500-6s6.500 2.500 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2.200.800 3.500 2.800 3.500 5.500',
  star: 'M12 3.500l2.600 5.400 5.900.800-4.300 4.100 1.100 5.900-5.300-2.900-5.300 2.900 1.100-5.900-4.300-4.100 5.900-.800z',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  explore: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500L21 21',
  build: 'M4 4h7v7H4zM13 4h7v4h-7zM13 10h7v10h-7zM4 13h7v7H4z',
  catalogue: 'M5 4h13a1 1 0 0 1 1 1v15H7a2 2 0 0 1-2-2zM5 18a2 2 0 0 1 2-2h12M9 8h6',
  page: 'M4 5h16M4 12h16M4 19h10',
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/overview|executive|home|gauge/, 'overview'],
  [/usage|activity|chart|bar/, 'usage'],
  [/perform|speed|latency|health/, 'performance'],
  [/cost|spend|money|dollar|coin|budget|currency/, 'cost'],
  [/secur|complian|shield|lock/, 'security'],
  [/team|people|user|group/, 'team'],
  [/star|favourite/, 'star'],
  [/setting|configur/, 'settings'],
  [/explor|search/, 'explore'],
  [/build|edit|layout/, 'build'],
  [/catalog/, 'catalogue'],
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
