export default { name: 'sales' }
