import { afterEach, describe, expect, it } from 'vitest'
import { reportsOver } from './reporting.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const item of open.splice(0).reverse()) await item.close()
})

const AT = new Date('2026-03-02T08:00:00Z')
const METRIC = {
  name: 'success_rate',
  label: 'Success rate',
  type: 'simple',
  agg: 'count',
  direction: 'up',
  thresholds: { good: 0.9, warn: 0.7 },
  format: { type: 'percent' },
  description: '',
  models: [],
}

/** The printed page of one widget that answers these rows. */
async function printed(definition: object, rows: readonly object[], more: object = {}) {
  let html = ''
  const by = 'by' in definition ? String(definition.by) : 'team'
  const answer = {
    columns: [
      { name: by, kind: 'dimension', label: 'Team', type: 'string', format: null },
      { name: 'success_rate', kind: 'metric', label: 'Success rate', type: 'number', format: { type: 'percent' } },
    ],
    rows,
    served: { rollup: null, skipped: [] },
    truncated: false,
    cached: false,
  }
  const query = { metrics: ['success_rate'], by: [by] }
  const widget = { id: 'w', title: 'Widget', width: 6, definition, query: 'metric' in definition ? query : null }
  const report = { name: 'one', include: [], rows: [{ title: 'Part', widgets: [widget] }] } as never
  const { reports, store } = await reportsOver([report], {
    now: () => AT,
    metrics: [METRIC],
    semantic: { query: async () => answer as never },
    print: async (page: (pages: ReadonlyMap<string, number>) => string) => {
      html = page(new Map())
      return new Uint8Array([1])
    },
    ...more,
  })
  open.push(store)
  const context = { org: 'acme', role: 'admin' as const, user: null, attributes: {} }
  await reports.render('one', { format: 'pdf', context, at: AT })
  return html
}

/** The words of a page in their order. */
const words = (html: string, from: string) =>
  html
    .slice(html.indexOf(from))
    .replace(/<title>.*?<\/title>/g, '')
    .replace(/<[^>]+>/g, '|')
    .split('|')
    .map((text) => text.trim())
    .filter((text) => text !== '')

describe('a printed report', () => {
  it('has a board as three columns, the worst of each first', async () => {
    const rows = [
      ...[
        ['core', 0.95],
        ['web', 0.91],
        ['data', 0.75],
        ['mobile', 0.2],
        ['ops', null],
      ].map(([team, success_rate]) => ({ team, success_rate })),
    ]
    const html = await printed({ type: 'kanban', metric: 'success_rate', by: 'team' }, rows)
    expect(words(html, '<svg').slice(0, 18)).toEqual([
      ...['Good', '2', '90.0% or more', 'web', '91.0%', 'core', '95.0%'],
      ...['Needs work', '1', '70.0% to 90.0%', 'data', '75.0%'],
      ...['Poor', '1', 'below 70.0%', 'mobile', '20.0%'],
      expect.stringContaining('Figure 1'),
    ])
  })

  it('counts the cards that do not fit, and says where there are none', async () => {
    const rows = Array.from({ length: 11 }, (_, index) => ({ team: `team ${index}`, success_rate: 0.1 }))
    const texts = words(await printed({ type: 'kanban', metric: 'success_rate', by: 'team' }, rows), '<svg')
    expect(texts).toContain('and 3 more')
    expect(texts.filter((text) => text === 'None')).toHaveLength(2)
  })

  it('has countries on a map with a scale, their values below by name, and says which have no place', async () => {
    const rows = [
      ...[
        ['US', 0.9],
        ['Germany', 0.1],
        ['Atlantis', 0.05],
        ['FR', null],
      ].map(([team, success_rate]) => ({ team, success_rate })),
    ]
    const html = await printed({ type: 'map', metric: 'success_rate', by: 'team' }, rows)
    const fills = [...html.matchAll(/<path d="M[^"]{20,}" fill="(#[0-9a-f]{6})"/g)].map(([, fill]) => fill)
    expect(fills.length).toBeGreaterThan(150)
    expect(fills.filter((fill) => fill !== '#e6e9ee').sort()).toEqual(['#244488', '#8dc7ef'])
    expect(words(html, '<svg').slice(0, 11)).toEqual([
      ...['0', '90.0%', 'Figure 1. Widget. Not on the map: Atlantis.', 'Team', 'Success rate'],
      ...['United States', '90.0%', 'Germany', '10.0%', 'Atlantis', '5.0%'],
    ])
  })

  it('lists the alerts that fire as the reader may see them, the worst first', async () => {
    const asked: unknown[] = []
    const firing = async (context: object) => {
      asked.push(context)
      return [
        {
          name: 'slow',
          title: 'Slow',
          severity: 'warning',
          where: 'core',
          value: '12 s',
          since: new Date('2026-03-01'),
        },
        { name: 'down', title: 'Down', severity: 'critical', where: '', value: '99%', since: new Date('2026-03-02') },
        { name: 'note', title: 'Note', severity: 'info', where: '', value: '1', since: new Date('2026-02-01') },
      ]
    }
    const html = await printed({ type: 'alerts', severities: ['critical', 'warning'] }, [], { firing })
    expect(words(html, '<tbody>').slice(0, 9)).toEqual([
      ...['Down', 'critical', '99%', 'Mar 2, 2026, 00:00 UTC'],
      ...['Slow', 'core', 'warning', '12 s', 'Mar 1, 2026, 00:00 UTC'],
    ])
    expect(html).not.toContain('Note')
    expect(asked).toEqual([{ org: 'acme', role: 'admin', user: null, attributes: {} }])
  })

  it('says that nothing fires where nothing does', async () => {
    expect(await printed({ type: 'alerts' }, [])).toContain('No alert fires now.')
  })
})
