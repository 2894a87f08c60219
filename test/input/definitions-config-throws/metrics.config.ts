const url = process.env.NOT_SET_ANYWHERE!.trim()

export default { name: 'sales', warehouse: { type: 'postgres', url } }
