const seconds = Number(/^\d+$/.exec(process.argv[process.argv.indexOf('--seconds') + 1] ?? '')?.[0] ?? 60)

const BENCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  alerts: async () => (await import('./alerts.ts')).benchAlerts(),
  definitions: async () => (await import('./definitions.ts')).benchDefinitions(),
  dev: async () => (await import('./dev.ts')).benchDev(),
  diff: async () => (await import('./diff.ts')).benchDiff(),
  semantic: async () => (await import('./semantic.ts')).benchSemantic(),
  freshness: async () => (await import('./freshness.ts')).benchFreshness(settingsOf(process.argv)),
  ingest: async () => (await import('./ingest.ts')).benchIngest(),
  reports: async () => (await import('./reports.ts')).benchReports(),
  web: async () => (await import('./web/web.ts')).benchWeb(),
  viewers: async () => (await import('./web/viewers.ts')).benchViewers(seconds),
  reads: async () => (await import('./web/reads.ts')).benchReads(),
}

/** `--minutes 10` for the benches that run for a while, and `--memory 1GB` for what DuckDB may take. */
function settingsOf(argv: readonly string[]): { readonly minutes?: number; readonly memory?: string | undefined } {
  const minutes = Number(argv[argv.indexOf('--minutes') + 1])
  const memory = argv.includes('--memory') ? argv[argv.indexOf('--memory') + 1] : undefined
  return { ...(argv.includes('--minutes') && minutes > 0 ? { minutes } : {}), memory }
}

const asked = process.argv.slice(2).filter((name) => BENCHES[name] !== undefined)
const results: Record<string, unknown> = {}
for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
  process.stderr.write(`${name} …\n`)
  results[name] = await BENCHES[name]?.()
}
process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
