/** A document for paper: cover, contents, sections, and what stands behind the figures. */
export const DOCUMENT_TEMPLATE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{title}}</title>
<style>
@page { size: A4; margin: 22mm 16mm 20mm; font-family: 'Liberation Sans', Arial, sans-serif;
  @top-left { content: {{{titleCss}}}; font: 8.5pt 'Liberation Sans', Arial, sans-serif; color: #5a6475; }
  @top-right { content: {{{periodCss}}}; font: 8.5pt 'Liberation Sans', Arial, sans-serif; color: #5a6475; }
  @bottom-left { content: {{{footerCss}}}; font: 8.5pt 'Liberation Sans', Arial, sans-serif; color: #5a6475; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt 'Liberation Sans', Arial, sans-serif; color: #5a6475; } }
@page :first { @top-left { content: none } @top-right { content: none } @bottom-left { content: none } @bottom-right { content: none } }
* { box-sizing: border-box; }
body { margin: 0; font: 10pt/1.45 'Liberation Sans', Arial, Helvetica, sans-serif; color: #11151c; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
a { color: inherit; text-decoration: none; }
h1, h2, h3 { line-height: 1.25; }
.cover { height: 250mm; display: flex; flex-direction: column; break-after: page; }
.cover .band { height: 8mm; background: #2b5ca6; border-radius: 2mm; }
.cover h1 { font-size: 32pt; margin: 52mm 0 4mm; }
.cover .subject { font-size: 20pt; color: #2b5ca6; margin: 0 0 6mm; }
.cover .lead { font-size: 13pt; color: #3c4656; max-width: 140mm; margin: 0 0 14mm; }
.cover dl { display: grid; grid-template-columns: 36mm 1fr; gap: 2mm 4mm; margin: 0; font-size: 10.5pt; }
.cover dt { color: #5a6475; } .cover dd { margin: 0; }
.cover .foot { margin-top: auto; color: #5a6475; font-size: 9pt; }
.toc { break-after: page; }
.toc h2, section > h2 { font-size: 17pt; margin: 0 0 6mm; }
.toc ol { list-style: none; margin: 0; padding: 0; }
.toc li { display: flex; align-items: baseline; margin: 2.2mm 0; font-size: 11pt; }
.toc li.sub { margin: 1mm 0 1mm 7mm; font-size: 9.5pt; color: #3c4656; }
.toc li a { flex: 1; display: flex; align-items: baseline; }
.toc .dots { flex: 1; border-bottom: 1px dotted #9aa3b2; margin: 0 2mm; transform: translateY(-1mm); min-width: 6mm; }
section { margin: 0 0 10mm; }
section.part { break-before: page; }
h2, h3 { break-after: avoid; }
h3 { font-size: 11.5pt; margin: 0 0 2mm; }
.kpis { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3mm; margin: 0 0 6mm; }
.kpi { border: 1px solid #d9dee6; border-radius: 2mm; padding: 3mm; break-inside: avoid; }
.kpi .name { font-size: 8.5pt; color: #5a6475; min-height: 2.6em; line-height: 1.3; }
.kpi .value { font-size: 16pt; font-weight: 700; }
.kpi .change { font-size: 8.5pt; }
.good { color: #0b7a5e; } .bad { color: #b3263a; } .even { color: #5a6475; }
.muted { color: #5a6475; font-size: 8.5pt; }
.blocks { display: flex; flex-wrap: wrap; gap: 5mm 4mm; }
.block { width: 100%; } .block.half { width: calc(50% - 2mm); }
.block.figure { break-inside: avoid; }
.block svg, .block img { width: 100%; height: auto; display: block; }
figcaption { font-size: 8.5pt; color: #5a6475; margin-top: 1mm; }
table { width: 100%; border-collapse: collapse; font-size: 8.5pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; color: #5a6475; border-bottom: 1.5px solid #9aa3b2; padding: 1.4mm 1.8mm; }
td { border-bottom: 1px solid #e6e9ee; padding: 1.4mm 1.8mm; vertical-align: top; overflow-wrap: break-word; }
.right { text-align: right; } td.right { white-space: nowrap; } th { vertical-align: bottom; }
.problem { background: #fbf0dc; color: #6b4504; padding: 3mm; border-radius: 2mm; }
code { font: 8pt 'Liberation Mono', monospace; overflow-wrap: anywhere; }
.sign { display: grid; grid-template-columns: 1fr 1fr; gap: 16mm 12mm; margin-top: 18mm; }
.sign div { border-top: 1px solid #11151c; padding-top: 2mm; font-size: 9pt; break-inside: avoid; }
</style></head><body>
<div class="cover"><div class="band"></div>
<h1>{{title}}</h1>{{#if subject}}<p class="subject">{{subject.label}}: {{subject.value}}</p>{{/if}}
{{#if description}}<p class="lead">{{description}}</p>{{/if}}
<dl>{{#if org}}<dt>Organisation</dt><dd>{{org}}</dd>{{/if}}<dt>Period</dt><dd>{{period}}</dd>
{{#if compared}}<dt>Compared with</dt><dd>{{compared}}</dd>{{/if}}{{#if where}}<dt>Filter</dt><dd>{{where}}</dd>{{/if}}
<dt>Figures of</dt><dd>{{at}}</dd><dt>Query time</dt><dd>{{ms}} ms</dd>{{#if url}}<dt>Live page</dt><dd>{{url}}</dd>{{/if}}</dl>
<p class="foot">{{project}}</p></div>
<nav class="toc"><h2>Contents</h2><ol>
{{#each toc}}<li{{#if sub}} class="sub"{{/if}}><a href="#{{id}}"><span>{{label}}</span><span class="dots"></span><span>{{page}}</span></a></li>{{/each}}
</ol></nav>
{{#each sections}}<section id="{{id}}"><h2>{{number}}. {{title}}</h2>
{{#if kpis.length}}<div class="kpis">{{#each kpis}}<div class="kpi" id="{{id}}"><div class="name">{{title}}</div><div class="value">{{value}}</div>
<div class="change">{{#if change}}<span class="{{changeClass}}">{{change}}</span> <span class="muted">from {{before}}</span>{{/if}}{{#if target}}<span class="muted"> target {{target}}</span>{{/if}}</div>{{{image}}}</div>{{/each}}</div>{{/if}}
<div class="blocks">{{#each blocks}}<div class="block {{kind}}{{#if half}} half{{/if}}" id="{{id}}">
{{#if isText}}{{#if title}}<h3>{{title}}</h3>{{/if}}{{#each paragraphs}}<p>{{this}}</p>{{/each}}{{/if}}
{{#if isFigure}}<h3>{{title}}</h3><figure style="margin:0">{{{image}}}<figcaption>Figure {{number}}. {{title}}.{{#if note}} {{note}}{{/if}}</figcaption></figure>{{#if table}}<table><thead><tr>{{#each table.columns}}<th{{#if right}} class="right"{{/if}}>{{label}}</th>{{/each}}</tr></thead>
<tbody>{{#each table.rows}}<tr>{{#each this}}<td{{#if right}} class="right"{{/if}}>{{text}}</td>{{/each}}</tr>{{/each}}</tbody></table>{{#if table.more}}<p class="muted">{{table.more}} more rows are not printed.</p>{{/if}}{{/if}}{{/if}}
{{#if isTable}}<h3>{{title}}</h3><table><thead><tr>{{#each table.columns}}<th{{#if right}} class="right"{{/if}}>{{label}}</th>{{/each}}</tr></thead>
<tbody>{{#each table.rows}}<tr>{{#each this}}<td{{#if right}} class="right"{{/if}}>{{text}}</td>{{/each}}</tr>{{/each}}</tbody></table>
<p class="muted">Table {{number}}. {{title}}.{{#if note}} {{note}}{{/if}}{{#if table.more}} {{table.more}} more rows are not printed.{{/if}}{{#if table.truncated}} There are more rows than were asked for.{{/if}}</p>{{/if}}
{{#if isProblem}}<h3>{{title}}</h3><p class="problem">This could not be answered: {{message}}</p>{{/if}}
</div>{{/each}}</div></section>{{/each}}
{{#if hasAuditTrail}}<section id="audit-trail" class="part"><h2>Audit trail</h2><table><thead><tr><th>Time</th><th>Who</th><th>What</th><th>Subject</th></tr></thead>
<tbody>{{#each auditTrail}}<tr><td>{{at}}</td><td>{{actor}}</td><td>{{action}}</td><td>{{subject}}</td></tr>{{else}}<tr><td colspan="4">Nothing was recorded in this period.</td></tr>{{/each}}</tbody></table></section>{{/if}}
{{#if evidence}}<section id="evidence" class="part"><h2>Evidence</h2><p class="muted">Each figure, the question that was asked for it, and the SHA-256 of the rows of the answer.</p>
<table><thead><tr><th>Figure</th><th>Question</th><th class="right">Rows</th><th>SHA-256</th></tr></thead>
<tbody>{{#each evidence}}<tr><td>{{title}}</td><td>{{question}}</td><td class="right">{{rows}}</td><td><code>{{sha256}}</code></td></tr>{{/each}}</tbody></table></section>{{/if}}
{{#if definitions}}<section id="definitions" class="part"><h2>Definitions</h2><table><thead><tr><th>Metric</th><th>Meaning</th><th>Computed as</th><th>Owner</th></tr></thead>
<tbody>{{#each definitions}}<tr><td><b>{{label}}</b><br><code>{{name}}</code></td><td>{{description}}</td><td>{{formula}}</td><td>{{owner}}</td></tr>{{/each}}</tbody></table></section>{{/if}}
{{#if signatures}}<section id="signatures" class="part"><h2>Signatures</h2><p>The undersigned have read this report for {{period}} and confirm that it is complete to the best of their knowledge.</p>
<div class="sign"><div>Prepared by: name, date</div><div>Signature</div><div>Reviewed by: name, date</div><div>Signature</div><div>Approved by: name, date</div><div>Signature</div></div></section>{{/if}}
</body></html>
`
