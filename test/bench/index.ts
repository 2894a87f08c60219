const BENCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  alerts: async () => (await import('./alerts.ts')).benchAlerts(),
  definitions: async () => (await import('./definitions.ts')).benchDefinitions(),
  semantic: async () => (await import('./semantic.ts')).benchSemantic(),
  ingest: async () => (await import('./ingest.ts')).benchIngest(),
  reports: async () => (await import('./reports.ts')).benchReports(),
  web: async () => (await import('./web/web.ts')).benchWeb(),
}

const asked = process.argv.slice(2).filter((name) => BENCHES[name] !== undefined)
const results: Record<string, unknown> = {}
for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
  process.stderr.write(`${name} …\n`)
  results[name] = await BENCHES[name]?.()
}
process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
