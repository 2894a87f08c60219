/** Mail clients know tables and inline styles; the style sheet is inlined but for what depends on the scheme. */
export const EMAIL_TEMPLATE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>{{title}}</title>
<style>
body { margin: 0; padding: 0; background: #f3f4f6; }
table { border-collapse: collapse; }
.page { background: #f3f4f6; width: 100%; }
.card { background: #ffffff; width: 100%; max-width: 680px; table-layout: fixed; }
.scroll { overflow-x: auto; }
.inner { padding: 28px 28px 20px; font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; font-size: 14px; line-height: 1.5; color: #1f2733; }
h1 { margin: 0 0 4px; font-size: 22px; line-height: 1.3; }
h2 { margin: 28px 0 10px; font-size: 16px; line-height: 1.4; border-bottom: 1px solid #e3e7ed; padding-bottom: 6px; }
h3 { margin: 18px 0 6px; font-size: 14px; }
p { margin: 0 0 10px; }
.muted { color: #5b6472; font-size: 12px; }
.kpi { width: 33%; padding: 10px 12px 10px 0; vertical-align: top; }
.kpi-title { font-size: 12px; color: #5b6472; }
.kpi-value { font-size: 22px; font-weight: 700; line-height: 1.35; }
.good { color: #0b7a5e; font-weight: 600; }
.bad { color: #b3263a; font-weight: 600; }
.even { color: #5b6472; font-weight: 600; }
.figure { background: #ffffff; border-radius: 6px; padding: 8px 0; }
.figure img { display: block; max-width: 100%; height: auto; border: 0; }
.data { width: 100%; font-size: 12px; line-height: 1.35; }
.data th { text-align: left; padding: 6px 5px; color: #5b6472; vertical-align: bottom; border-bottom: 2px solid #d9dee6; font-weight: 600; }
.data td { padding: 6px 5px; border-bottom: 1px solid #e9ecf1; }
.data .right { text-align: right; }
.data td.right { white-space: nowrap; }
.problem { background: #fbf0dc; color: #6b4504; padding: 8px 12px; border-radius: 6px; }
.button { display: inline-block; background: #2b5ca6; color: #ffffff; padding: 9px 16px; border-radius: 6px; text-decoration: none; font-weight: 600; }
@media (prefers-color-scheme: dark) {
  body, .page { background: #0e1117 !important; }
  .card { background: #161a23 !important; }
  .inner { color: #e6e9ef !important; }
  .muted, .kpi-title, .even, .data th { color: #9aa4b5 !important; }
  .good { color: #5ee6bd !important; }
  .bad { color: #ff8a93 !important; }
  h2, .data th, .data td { border-color: #2a303c !important; }
  .figure { padding: 8px !important; }
}
@media (max-width: 520px) { .kpi { display: block !important; width: auto !important; } .inner { padding: 18px !important; } }
</style></head><body>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 10px">
<table role="presentation" class="card" width="680" cellpadding="0" cellspacing="0"><tr><td class="inner">
<h1>{{title}}{{#if subject}}: {{subject.value}}{{/if}}</h1>
<p class="muted">{{#if org}}{{org}} · {{/if}}{{period}}{{#if compared}} · compared with {{compared}}{{/if}}</p>
{{#if description}}<p>{{description}}</p>{{/if}}
{{#if url}}<p style="margin-top:14px"><a class="button" href="{{url}}">Open the live figures</a></p>{{/if}}
{{#each sections}}
<h2>{{title}}</h2>
{{#if kpis.length}}<table role="presentation" width="100%" cellpadding="0" cellspacing="0">
{{#each kpiRows}}<tr>{{#each this}}<td class="kpi" width="33%">
<div class="kpi-title">{{title}}</div><div class="kpi-value">{{value}}</div>
<div>{{#if change}}<span class="{{changeClass}}">{{change}}</span> <span class="muted">from {{before}}</span>{{/if}}{{#if target}}<span class="muted"> · target {{target}}</span>{{/if}}</div>
</td>{{/each}}</tr>{{/each}}
</table>{{/if}}
{{#each blocks}}
{{#if isText}}{{#each paragraphs}}<p>{{this}}</p>{{/each}}{{/if}}
{{#if isFigure}}<h3>{{title}}</h3>{{#if note}}<p class="muted">{{note}}</p>{{/if}}<div class="figure">{{{image}}}</div>{{#if table}}<div class="scroll"><table class="data" width="100%" cellpadding="0" cellspacing="0"><thead><tr>{{#each table.columns}}<th{{#if right}} class="right"{{/if}}>{{label}}</th>{{/each}}</tr></thead>
<tbody>{{#each table.rows}}<tr>{{#each this}}<td{{#if right}} class="right"{{/if}}>{{text}}</td>{{/each}}</tr>{{/each}}</tbody></table></div>{{/if}}{{/if}}
{{#if isTable}}<h3>{{title}}</h3>{{#if note}}<p class="muted">{{note}}</p>{{/if}}
<div class="scroll"><table class="data" width="100%" cellpadding="0" cellspacing="0"><thead><tr>{{#each table.columns}}<th{{#if right}} class="right"{{/if}}>{{label}}</th>{{/each}}</tr></thead>
<tbody>{{#each table.rows}}<tr>{{#each this}}<td{{#if right}} class="right"{{/if}}>{{text}}</td>{{/each}}</tr>{{/each}}</tbody></table></div>
{{#if table.more}}<p class="muted">{{table.more}} more rows{{#if ../../url}} are on the page{{/if}}.</p>{{/if}}{{/if}}
{{#if isProblem}}<h3>{{title}}</h3><p class="problem">This could not be answered: {{message}}</p>{{/if}}
{{/each}}
{{else}}<p>There is nothing to show.</p>{{/each}}
<p class="muted" style="margin-top:28px">Figures of {{at}}, answered in {{ms}} ms{{#if where}}, where {{where}}{{/if}}. Sent by {{project}}.</p>
</td></tr></table></td></tr></table></body></html>
`
