import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresDatabase } from '../support/postgres.ts'
import { expectSame, expectSameRows } from './expect-same.ts'
import { EVERYTHING, type OpenProject, openProject } from './open-project.ts'

const DIR = resolve(import.meta.dirname, 'openhands')
const DATA = resolve(DIR, '../../../../shared/data/openhands-index')
const RUNS = `read_csv_auto('${DATA}/instance_results.csv')`
const SCORES = `read_json_auto('${DATA}/scores.jsonl')`

const there = existsSync(`${DATA}/instance_results.csv`) && existsSync(`${DATA}/scores.jsonl`)
if (!there) console.warn(`SKIPPED: ${DATA} is missing, so the project over real results of agents was not tested.`)

describe.skipIf(!there)('a project over results of coding agents on benchmarks', () => {
  let open: OpenProject
  let plain: OpenProject
  beforeAll(async () => {
    open = await openProject(DIR)
    // Plain SQL reads the files itself, on a connection that may.
    const { openWarehouse } = await import('../../runtime/warehouse/index.ts')
    plain = { ...open, warehouse: await openWarehouse({ type: 'duckdb', path: ':memory:' }, { fileAccess: true }) }
  })
  afterAll(async () => {
    await plain?.warehouse.close()
    await open?.close()
  })

  it('counts every run, and every task once', () =>
    expectSame(
      plain,
      { metrics: ['run_count', 'tasks'] },
      `select count(*) as run_count, count(distinct benchmark || ' ' || instance_id) as tasks from ${RUNS}`,
    ))

  it('answers the resolve rate by agent and model', () =>
    expectSame(
      plain,
      { metrics: ['resolve_rate'], by: ['agent', 'model'] },
      `select agent, model, count(*) filter (where resolved) / count(resolved) as resolve_rate from ${RUNS} group by all`,
    ))

  it('leaves runs of unknown cost out of the cost of a resolved task', () =>
    expectSame(
      plain,
      { metrics: ['cost_per_resolved'], by: ['agent', 'model'] },
      `select agent, model, sum(cost_usd) / nullif(count(*) filter (where resolved and cost_usd > 0), 0) as cost_per_resolved
       from (select * replace (nullif(cost_usd, 0) as cost_usd) from ${RUNS}) group by all`,
    ))

  it('has no cost for an agent that never reports one', async () => {
    const { rows } = await open.layer.query(
      { metrics: ['cost_per_resolved', 'cost_coverage', 'resolved_runs'], by: ['agent'], where: "{agent} = 'Codex'" },
      EVERYTHING,
    )
    expect(rows).toMatchObject([{ agent: 'Codex', cost_per_resolved: null, cost_coverage: 0 }])
    expect(rows[0]?.resolved_runs).toBeGreaterThan(500)
  })

  it('counts tasks and takes percentiles by benchmark', () =>
    expectSame(
      plain,
      { metrics: ['tasks', 'cost_p90'], by: ['benchmark'] },
      `select benchmark, count(distinct instance_id) as tasks, quantile_cont(nullif(cost_usd, 0), 0.9) as cost_p90
       from ${RUNS} group by all`,
    ))

  it('filters on what a joined model knows', () =>
    expectSame(
      plain,
      { metrics: ['run_count', 'resolve_rate'], by: ['benchmark'], where: "{openness} = 'open_weights'" },
      `select benchmark, count(*) as run_count, count(*) filter (where resolved) / count(resolved) as resolve_rate
       from ${RUNS} where model in (select model from ${SCORES} where metadata.openness = 'open_weights') group by all`,
    ))

  it('divides runs by submissions without multiplying either', () =>
    expectSame(
      plain,
      { metrics: ['runs_per_evaluation'], by: ['model', 'benchmark'] },
      `select model, benchmark, runs / evaluations as runs_per_evaluation
       from (select model, benchmark, count(*) as runs from ${RUNS} group by all)
       join (select model, benchmark, count(*) as evaluations from ${SCORES} group by all) using (model, benchmark)`,
    ))

  it('follows submissions over time', () =>
    expectSame(
      plain,
      { metrics: ['evaluation_count', 'best_score'], grain: 'month' },
      `select strftime(date_trunc('month', submission_time::timestamptz at time zone 'UTC'), '%Y-%m-%d') as time,
         count(*) as evaluation_count, max(score) as best_score
       from ${SCORES} group by all`,
    ))

  it('answers the same on Postgres', async (context) => {
    const url = await postgresDatabase()
    if (url === null) return context.skip()
    const other = await openProject(DIR, undefined, { type: 'postgres', url })
    for (const query of [
      { metrics: ['resolve_rate', 'cost_per_resolved', 'cost_coverage', 'cost_p90'], by: ['agent', 'model'] },
      { metrics: ['runs_per_evaluation', 'tasks'], by: ['benchmark'] },
      { metrics: ['evaluation_count', 'best_score', 'runtime_median'], by: ['openness'], grain: 'month' as const },
    ]) {
      const [here, there] = [await open.layer.query(query, EVERYTHING), await other.layer.query(query, EVERYTHING)]
      expect(here.rows.length).toBeGreaterThan(3)
      expectSameRows(there.rows, here.rows)
    }
    await other.close()
  })

  it('refuses to put runs on a time they do not have', async () => {
    const question = open.layer.query({ metrics: ['run_count'], grain: 'month' }, EVERYTHING)
    await expect(question).rejects.toThrow(/time/)
  })
})
