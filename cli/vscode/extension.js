const { dirname } = require('node:path')
const { workspace } = require('vscode')
const { LanguageClient } = require('vscode-languageclient/node')

/** One client for each project in the workspace. */
const clients = []

exports.activate = async (context) => {
  const configs = await workspace.findFiles('**/metrics.config.{ts,js,yml,yaml,json}', '**/node_modules/**')
  for (const config of configs) {
    const client = clientFor(dirname(config.fsPath))
    clients.push(client)
    context.subscriptions.push(client)
    await client.start()
  }
}

exports.deactivate = () => Promise.all(clients.map((client) => client.stop()))

function clientFor(dir) {
  const [command, ...args] = workspace.getConfiguration('agentMetrics').get('command')
  const run = { command, args: [...args, 'lsp', '--stdio', '--project', dir], options: { cwd: dir } }
  return new LanguageClient('agentMetrics', 'Agent Metrics', run, {
    documentSelector: ['yaml', 'sql', 'typescript'].map((language) => ({
      language,
      pattern: `${dir.replaceAll('\\', '/')}/{metrics,models,dashboards,alerts}/**`,
    })),
    synchronize: { fileEvents: workspace.createFileSystemWatcher(`${dir}/{metrics,models,dashboards,alerts}/**`) },
  })
}
