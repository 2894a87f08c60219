import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRuntime, type Runtime } from '../../runtime/index.ts'
import { createBrowserPool, createPrinter } from '../../runtime/reports/index.ts'
import { findBrowser } from '../../runtime/reports/print/find-browser.ts'
import { pagesOfDestinations } from '../../runtime/reports/print/page-numbers.ts'
import { canBrowse } from '../support/browser.ts'
import { canReadPdf, pdfText } from '../support/pdf-text.ts'
import { sampleProject } from '../support/sample-project.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'

const FILES = {
  'dashboards/shop.yml': `
version: 1
dashboards:
  - name: shop
    title: Shop
    rows:
      - title: Money
        widgets:
          - { type: kpi, metric: revenue, sparkline: day }
          - { type: line, title: Orders over time, metrics: [order_count, paid_count], grain: day }
          - { type: donut, title: Revenue by team, metric: revenue, by: team }
      - title: Details
        widgets:
          - { type: heatmap, title: When, metric: order_count }
          - { type: gauge, title: Paid, metric: paid_rate, target: 0.9 }
          - { type: table, title: Teams, dimensions: [team], metrics: [order_count, revenue], order: [-revenue] }
`,
  'alerts/reports.yml': `
version: 1
channels:
  - { name: leads, type: email, to: [lead@example.org] }
  - { name: inbox, type: in_app }
reports:
  - name: month
    title: The month <b>of</b> the shop
    dashboard: shop
    range: last_month
    format: [html, pdf, csv]
    include: [definitions, evidence, audit_trail, signatures]
    notify: [leads, inbox]
  - { name: digest, dashboard: shop, range: last_month, each: team, notify: [leads] }
  - { name: own, range: last_month, template: own.hbs, notify: [leads], rows: [{ widgets: [{ type: kpi, metric: revenue }] }] }
  - { name: hangs, range: last_month, template: hangs.hbs, notify: [leads], rows: [{ widgets: [{ type: kpi, metric: revenue }] }] }
`,
  'alerts/own.hbs':
    '<h1>{{title}} for {{org}}</h1>{{#each sections}}{{#each kpis}}<p>{{title}}: {{value}}</p>{{/each}}{{/each}}\n',
}
const AT = new Date('2025-04-03T08:00:00Z')

describe.skipIf(!canBrowse)('reports of a project', () => {
  let smtp: TestSmtp
  let silent: Server
  let runtime: Runtime
  let remove: () => void
  beforeAll(async () => {
    smtp = await startSmtp()
    silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const project = sampleProject({
      ...FILES,
      'alerts/hangs.hbs': `<p>{{title}}</p><img src="http://127.0.0.1:${port}/never.png">\n`,
      'metrics.config.yml': `
name: sample
warehouse: { type: duckdb, path: warehouse.duckdb }
tenancy: { key: org_id }
identity: { relation: people, key: user_id, attributes: { teams: team } }
mail: { smtp: '${smtp.url}', from: metrics@example.org }
server: { url: 'https://metrics.example.org' }
`,
    })
    remove = project.remove
    runtime = await createRuntime(project.dir, { onTrouble: (message) => process.stderr.write(`${message}\n`) })
    await runtime.build({})
  })
  afterAll(async () => {
    await runtime?.close()
    await smtp?.close()
    silent?.close()
    remove?.()
  })
  const contextOf = (org: string, role: 'admin' | 'manager' = 'admin', user: string | null = null) =>
    runtime.contextOf({ org, role, user })
  const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

  it('are documents with cover, contents with pages, figures, definitions and evidence', async () => {
    const context = await contextOf('x')
    const file = await runtime.reports.render('month', { context, format: 'pdf', at: AT })
    expect(file).toMatchObject({ name: 'month-2025-03-31.pdf', type: 'application/pdf' })
    const pages = pagesOfDestinations(file.content)
    expect(pages.get('section-1')).toBe(3)
    expect([...pages.keys()]).toEqual(expect.arrayContaining(['audit-trail', 'definitions', 'evidence', 'signatures']))
    if (!canReadPdf) return
    const lines = pdfText(file.content)
    const text = lines.join('\n').replace(/[ \t]+/g, ' ')
    expect(text).toContain('The month <b>of</b> the shop')
    expect(text).toContain('Mar 1, 2025 – Mar 31, 2025')
    expect(text).toMatch(/1\. Money 3/)
    expect(text).toMatch(new RegExp(`Evidence ${pages.get('evidence')}`))
    expect(text).toContain('€35.00')
    expect(text).toContain('Figure 1. Orders over time.')
    expect(text).toMatch(/Table 1\. Teams/)
    expect(text).toMatch(/3 ?\/ ?8/)
    expect(text).toContain('paid_count / order_count')
    expect(text).toContain('Approved by')
    expect(text).not.toContain('1,000')
  })

  it('show those who ask what they may see', async () => {
    const mia = await contextOf('x', 'manager', 'mia')
    const page = textOf((await runtime.reports.render('month', { context: mia, format: 'csv', at: AT })).content)
    expect(page).toContain('red,1,10')
    expect(page).not.toContain('blue')
    const other = await contextOf('y')
    expect(
      textOf((await runtime.reports.render('month', { context: other, format: 'csv', at: AT })).content),
    ).toContain('red,1,1000')
  })

  it('are mails with everything inline, pictures by cid and files beside', async () => {
    const run = await runtime.reports.send('month', 'x', 'mia', AT)
    expect(run).toMatchObject({ state: 'done', messages: 2, error: null })
    await runtime.delivery.drain()
    const [mail] = smtp.mails.splice(0)
    const html = String(mail?.html)
    expect(mail?.subject).toBe('The month <b>of</b> the shop')
    expect(html).toContain('The month &lt;b&gt;of&lt;/b&gt; the shop')
    expect(html).toMatch(/<h1 style="[^"]*font-size: 22px/)
    expect(html).toContain('@media (prefers-color-scheme: dark)')
    expect(html).not.toContain('<svg')
    expect(html).not.toMatch(/src="(?!data:)(?!cid:)/)
    expect(mail?.text).toContain('Revenue')
    const files = mail?.attachments ?? []
    const pictures = files.filter(({ related }) => related)
    expect(pictures.length).toBeGreaterThanOrEqual(4)
    for (const { content } of pictures) expect(content.subarray(1, 4).toString()).toBe('PNG')
    expect(files.filter(({ related }) => !related).map(({ filename }) => filename)).toEqual([
      'month-2025-03-31.pdf',
      'month-2025-03-31.csv',
    ])
  })

  it('are one for each value, each with its own figures', async () => {
    const run = await runtime.reports.send('digest', 'x', 'mia', AT)
    expect(run.messages).toBe(2)
    await runtime.delivery.drain()
    const mails = smtp.mails.splice(0)
    expect(mails.map(({ subject }) => subject)).toEqual(['Shop: blue', 'Shop: red'])
    expect(mails[0]?.text).toContain('€25.00')
    expect(mails[1]?.text).toContain('€10.00')
    expect(/href="([^"]*)"/.exec(String(mails[0]?.html))?.[1]?.replaceAll('&#x3D;', '=')).toBe(
      'https://metrics.example.org/shop?from=2025-03-01&amp;to=2025-03-31',
    )
  })

  it('go to the recipients that a tenant set, in the place of the channel', async () => {
    await runtime.reports.configure('digest', 'x', { recipients: ['cto@example.org'] }, 'mia')
    await runtime.reports.send('digest', 'x', 'mia', new Date('2025-04-04T08:00:00Z'))
    await runtime.delivery.drain()
    const [mail] = smtp.mails.splice(0)
    expect(JSON.stringify(mail?.to)).toContain('cto@example.org')
    expect(JSON.stringify(mail?.to)).not.toContain('lead@example.org')
  })

  it('are written by the template of the project, and workbooks with numbers as numbers', async () => {
    const context = await contextOf('x')
    const html = textOf((await runtime.reports.render('own', { context, format: 'html', at: AT })).content)
    expect(html).toBe('<h1>own for x</h1><p>Revenue: €35.00</p>\n')
    const { content } = await runtime.reports.render('month', { context, format: 'xlsx', at: AT })
    expect(Buffer.from(content.subarray(0, 2)).toString()).toBe('PK')
  })

  it('fail where a template reaches inside, or what it asks for never comes', async () => {
    const context = await contextOf('x')
    await expect(runtime.reports.render('hangs', { context, format: 'pdf', at: AT })).rejects.toThrow(
      '127.0.0.1 is an internal address',
    )
    const pool = createBrowserPool()
    const print = createPrinter({ pool, timeout: 1_500, refuse: async () => undefined })
    const { port } = silent.address() as { port: number }
    const started = performance.now()
    await expect(print(() => `<img src="http://127.0.0.1:${port}/never.png">`)).rejects.toThrow(
      'did not finish loading within 1.5 s',
    )
    expect(performance.now() - started).toBeLessThan(15_000)
    // The next one has a browser of its own.
    expect((await print(() => '<p>fine</p>')).length).toBeGreaterThan(500)
    await pool.close()
  })

  it('are pages as their address filters them', async () => {
    const context = await contextOf('x')
    const period = { from: '2025-03-01', to: '2025-03-31' }
    const { content } = await runtime.reports.renderDashboard('shop', { context, period, where: ["{team} = 'blue'"] })
    if (!canReadPdf) return
    const text = pdfText(content).join('\n')
    expect(text).toContain('€25.00')
    expect(text).not.toContain('€35.00')
  })
})

describe('the browser that prints', () => {
  it('is what CHROME_PATH names, and its absence says the way out', () => {
    expect(() => findBrowser({ CHROME_PATH: '/nowhere/chrome' })).toThrow('/nowhere/chrome')
    expect(existsSync(findBrowser({ CHROME_PATH: process.execPath }))).toBe(true)
  })
})
