import { createMean, createSeason, type Forecaster } from './forecaster.ts'

export interface Expected {
  readonly value: number
  /** Usual size of an error: the mean of absolute errors, far ones bounded. */
  readonly spread: number
  readonly isSeasonal: boolean
}

interface Candidate {
  readonly name: string
  readonly forecaster: Forecaster
  readonly seasonal: boolean
  error: number | undefined
  judged: number
}

/** Several forecasters side by side; the one that erred least of late is believed. */
export interface Baseline {
  expect(slot: number): Expected | undefined
  learn(slot: number, value: number): void
  /** Adds a season that was found in the data. */
  addSeason(length: number): Forecaster
}

const MEMORY = 0.02

export function createBaseline(seasons: readonly number[]): Baseline {
  const candidates: Candidate[] = [1, 0.3, 0.05].map((rate) => candidateOf(`mean ${rate}`, createMean(rate), false))
  for (const length of seasons) candidates.push(candidateOf(`season ${length}`, createSeason(length), true))
  const best = (slot: number) => {
    const able = candidates.filter(
      ({ error, forecaster }) => error !== undefined && forecaster.expect(slot) !== undefined,
    )
    return able.reduce<Candidate | undefined>(
      (a, b) => (a === undefined || (b.error ?? 0) < (a.error ?? 0) ? b : a),
      undefined,
    )
  }
  return {
    expect: (slot) => {
      const chosen = best(slot)
      const value = chosen?.forecaster.expect(slot)
      if (chosen === undefined || value === undefined) return undefined
      return { value, spread: chosen.error ?? 0, isSeasonal: chosen.seasonal }
    },
    learn: (slot, value) => {
      for (const candidate of candidates) judge(candidate, slot, value)
    },
    addSeason: (length) => {
      const forecaster = createSeason(length)
      candidates.push(candidateOf(`season ${length}`, forecaster, true))
      return forecaster
    },
  }
}

function candidateOf(name: string, forecaster: Forecaster, seasonal: boolean): Candidate {
  return { name, forecaster, seasonal, error: undefined, judged: 0 }
}

function judge(candidate: Candidate, slot: number, value: number) {
  const expected = candidate.forecaster.expect(slot)
  candidate.forecaster.learn(slot, value)
  if (expected === undefined) return
  const error = Math.abs(value - expected)
  candidate.judged += 1
  const known = candidate.error ?? error
  // Far errors are bounded, or one of them would hide the next.
  const bounded = candidate.judged < 8 ? error : Math.min(error, 5 * known + 1e-12)
  candidate.error = known + Math.max(MEMORY, 1 / candidate.judged) * (bounded - known)
}
