export default {
  name: 'sales',
  warehouse: { type: 'postgres', url: '${env:NOT_SET}' },
  store: { url: '${SET}' },
  server: { url: '${env:EMPTY}' },
  demo: '${env.SET}/demo.ts',
}
