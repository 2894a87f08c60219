/** A schema as plain JSON with its name and dialect, as editors want it. */
export function publishSchema(name: string, noun: string, schema: object): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:agent-metrics:schema:${name}:1`,
    title: `Agent Metrics ${noun}`,
    ...(JSON.parse(JSON.stringify(schema)) as object),
  }
}
