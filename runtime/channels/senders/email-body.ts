import type { Message } from '../message.ts'
import { colorOf, headline } from './sender.ts'

/** The plain text of a message. */
export function emailText(message: Message): string {
  const { at, fields, links, org, text } = message
  const width = Math.max(0, ...fields.map(({ label }) => label.length))
  return [
    headline(message),
    text,
    fields.map(({ label, value }) => `${`${label}:`.padEnd(width + 1)} ${value}`).join('\n'),
    links.map(({ label, href }) => `${label}: ${href}`).join('\n'),
    [org, utc(at)].filter(Boolean).join(' · '),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The message as mail clients show it: tables and inline styles; the head adds dark colours for those that know them. */
export function emailHtml(message: Message): string {
  const { at, fields, links, org, text } = message
  const paragraphs = text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p style="margin:0 0 12px">${escapeHtml(part).replaceAll('\n', '<br>')}</p>`)
  const rows = fields.map(
    ({ label, value }) =>
      `<tr><td class="muted" style="padding:4px 16px 4px 0;color:#5b6472;vertical-align:top;white-space:nowrap">${escapeHtml(label)}</td>` +
      `<td style="padding:4px 0;font-weight:600">${escapeHtml(value)}</td></tr>`,
  )
  const buttons = links.map(
    ({ href, label }, index) =>
      `<a href="${escapeHtml(href)}" style="display:inline-block;margin:0 8px 8px 0;padding:8px 14px;border-radius:6px;text-decoration:none;` +
      `${index === 0 ? 'background:#2563eb;color:#ffffff' : 'border:1px solid #c6ccd6;color:#2563eb'}">${escapeHtml(label)}</a>`,
  )
  return page(
    headline(message),
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page" style="background:#f3f4f6"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" class="card" style="width:100%;max-width:600px;background:#ffffff;border-radius:8px;border-top:4px solid ${colorOf(message)}">
<tr><td style="padding:24px;font:15px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1f2733" class="text">
<h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">${escapeHtml(headline(message))}</h1>
${paragraphs.join('\n')}
${rows.length === 0 ? '' : `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:4px 0 16px;font-size:14px">${rows.join('')}</table>`}
${buttons.length === 0 ? '' : `<p style="margin:4px 0 8px">${buttons.join('')}</p>`}
<p class="muted" style="margin:12px 0 0;font-size:12px;color:#5b6472">${escapeHtml([org, utc(at)].filter(Boolean).join(' · '))}</p>
</td></tr></table></td></tr></table>`,
  )
}

const page = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
<style>@media (prefers-color-scheme: dark) { .page { background: #11151c !important } .card { background: #1b212b !important } .text { color: #e6eaf0 !important } .muted { color: #9aa5b4 !important } }</style>
</head><body style="margin:0;padding:0">${body}</body></html>`

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const utc = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
