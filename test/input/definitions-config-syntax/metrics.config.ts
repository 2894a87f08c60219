export default { name: 'sales', tenancy: { key: 'org_id' }
