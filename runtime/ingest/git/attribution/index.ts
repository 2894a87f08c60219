export { type Attribution, attribute, sessionOf } from './attribute.ts'
export { ATTRIBUTION_RULES, type AttributionRule } from './rules.ts'
