import chance from 'chance-of-rain'

export default { version: 1, metrics: chance() }
