import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canBrowse, openBrowser, openPage } from '../support/browser.ts'
import { runCli, startServing } from '../support/run-cli.ts'
import { SAMPLE, sampleProject } from '../support/sample-project.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'

let smtp: TestSmtp
let project: ReturnType<typeof sampleProject>
let server: Awaited<ReturnType<typeof startServing>>

beforeAll(async () => {
  smtp = await startSmtp()
  project = sampleProject({
    'metrics.config.yml': `${SAMPLE['metrics.config.yml']}mail: { smtp: "${smtp.url}", from: metrics@example.org }\n`,
    'alerts/shop.yml': `version: 1
channels:
  - { name: leads, type: email, to: [leads@example.org] }
reports:
  - { name: weekly, title: Week of the shop, dashboard: shop, range: last_week, notify: [leads] }
`,
  })
  await runCli(['build', '--project', project.dir])
  server = await startServing(['serve', '--port', '0', '--project', project.dir])
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await smtp?.close()
  project?.remove()
})

const report = async (...args: string[]) => {
  const ran = await runCli(['report', ...args, '--org', 'x', '--format', 'json', '--project', project.dir])
  return { ...ran, answer: JSON.parse(ran.stdout) }
}

const mails = async (number: number) => {
  for (let tries = 0; smtp.mails.length < number && tries < 100; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return smtp.mails.map(({ html, subject, to }) => ({ subject, to: [to].flat()[0]?.text, html }))
}

describe('sending a report again', () => {
  it('sends the same mail at the command line, to those who had it or to others', async () => {
    await report('send', 'weekly', '--at', '2025-03-10')
    const [first] = await mails(1)
    expect(first).toMatchObject({ to: 'leads@example.org', html: expect.stringContaining('35') })
    const { runs } = (await report('history', 'weekly')).answer
    expect(runs).toMatchObject([{ state: 'done', sent_to: ['leads@example.org'], at: '2025-03-10T00:00:00.000Z' }])
    await report('resend', runs[0].id, '--to', 'cfo@example.org')
    expect((await mails(2))[1]).toEqual({ ...first, to: 'cfo@example.org' })
    const unknown = await report('resend', '999')
    expect([unknown.code, unknown.stdout]).toEqual([1, expect.stringContaining('AM8015')])
  })

  it('is for admins, as sending is, and for their own tenant', async () => {
    const keyOf = async (org: string, role: string, scope: string) => {
      const args = ['keys', 'create', '--org', org, '--role', role, '--scope', scope, '--project', project.dir]
      return (await runCli(args)).stdout.trim()
    }
    const resend = async (key: string, body: object = {}) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const path = `${server.url}/api/v1/report-runs/1/resend`
      return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status
    }
    expect(await resend(await keyOf('x', 'viewer', 'query'))).toBe(403)
    expect(await resend(await keyOf('y', 'admin', 'admin'))).toBe(404)
    expect(await resend(await keyOf('x', 'admin', 'admin'), { recipients: ['nobody'] })).toBe(400)
    expect(smtp.mails).toHaveLength(2)
  })

  it.skipIf(!canBrowse)('is asked for on the page of reports, which tells what became of it', async () => {
    const browser = await openBrowser()
    try {
      const { page, problems } = await openPage(browser)
      await page.goto(server.sign_in.find(({ org }) => org === 'x')?.url ?? '')
      await page.goto(`${server.url}/settings/reports`)
      await page.waitForSelector('[aria-label="History"] tbody tr')
      expect(await page.$$eval('[aria-label="History"] tbody tr', (rows) => rows.length)).toBe(2)
      await page.click('[aria-label="History"] tbody tr:last-child button')
      await page.waitForSelector('dialog form')
      expect(await page.$eval('dialog', (dialog) => dialog.textContent)).toContain('leads@example.org')
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/resend.png` })
      await page.click('dialog button[type=submit]')
      await page.waitForFunction(`document.querySelectorAll('[aria-label="History"] tbody tr').length === 3`)
      expect((await mails(3)).map(({ to }) => to)).toEqual([
        'leads@example.org',
        'cfo@example.org',
        'leads@example.org',
      ])
      await page.reload()
      await page.waitForSelector('[aria-label="History"] tbody tr')
      const first = await page.$eval('[aria-label="History"] tbody tr', (row) => row.textContent)
      expect(first).toContain('Delivered')
      expect(first).toContain('Re-sent by')
      await page.setViewport({ width: 360, height: 800 })
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/history-360.png`, fullPage: true })
      expect(problems).toEqual([])
    } finally {
      await browser.close()
    }
  })
})
