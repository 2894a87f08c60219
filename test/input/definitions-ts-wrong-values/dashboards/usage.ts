export default {
  version: 1,
  dashboards: [{ name: 'usage', title: 'Usage', rows: [{ widgets: [{ type: 'pie', metric: 'revenue', by: 'region' }] }] }],
}
