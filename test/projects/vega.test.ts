import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectSame } from './expect-same.ts'
import { EVERYTHING, type OpenProject, openProject } from './open-project.ts'

describe('a project over flights, weather and films', () => {
  let open: OpenProject
  beforeAll(async () => {
    open = await openProject(resolve(import.meta.dirname, 'vega'))
  })
  afterAll(() => open?.close())

  it('joins flights to where they start and where they end', () =>
    expectSame(
      open,
      { metrics: ['flight_count', 'late_rate', 'delay_avg', 'miles'], by: ['state', 'destination_state'] },
      `select o.state as state, d.state as destination_state, count(*) as flight_count,
         count(*) filter (where delay_min > 15) / count(*) as late_rate, avg(delay_min) as delay_avg,
         sum(distance_miles) as miles
       from flights f left join airports o on o.iata = f.origin left join airports d on d.iata = f.destination
       group by all`,
    ))

  it('groups by a computed dimension that crosses joins', () =>
    expectSame(
      open,
      { metrics: ['flight_count', 'delay_p95', 'destination_count'], by: ['same_state', 'haul'] },
      `select o.state = d.state as same_state,
         case when distance_miles < 700 then 'short' when distance_miles < 2000 then 'medium' else 'long' end as haul,
         count(*) as flight_count, quantile_cont(delay_min, 0.95) as delay_p95,
         count(distinct destination) as destination_count
       from flights f left join airports o on o.iata = f.origin left join airports d on d.iata = f.destination
       group by all`,
    ))

  it('divides flights by airports without multiplying either', () =>
    expectSame(
      open,
      { metrics: ['flights_per_airport'], by: ['state'] },
      `select state, coalesce(flights, 0) / airports as flights_per_airport
       from (select state, count(*) as airports from airports group by all)
       left join (select state, count(*) as flights from flights join airports on iata = origin group by all) using (state)
       where state is not null
       union all
       select null, (select count(*) from flights f join airports a on a.iata = f.origin where a.state is null)
         / count(*) from airports where state is null having count(*) > 0`,
    ))

  it('counts flights of each day and of the seven days up to it', () =>
    expectSame(
      open,
      { metrics: ['flight_count', 'flights_trailing_week'], grain: 'day', from: '2001-02-01', to: '2001-02-28' },
      `select strftime(day, '%Y-%m-%d') as time, flights as flight_count,
         (select count(*) from flights where departed_at >= day - interval 6 day and departed_at < day + interval 1 day)
           as flights_trailing_week
       from (select date_trunc('day', departed_at) as day, count(*) as flights from flights group by all)
       where day between '2001-02-01' and '2001-02-28'`,
    ))

  it('sums rain from the first of January and compares it with the year before', () =>
    expectSame(
      open,
      {
        metrics: ['rainfall', 'rainfall_ytd', 'rainfall_change'],
        grain: 'month',
        from: '2013-01-01',
        to: '2013-12-31',
      },
      `with months as (
         select date_trunc('month', day) as month, sum(precipitation) as rain from weather group by all
       )
       select strftime(month, '%Y-%m-%d') as time, rain as rainfall,
         sum(rain) over (partition by year(month) order by month) as rainfall_ytd,
         rain - lag(rain, 12) over (order by month) as rainfall_change
       from months qualify year(month) = 2013`,
    ))

  it('takes minimum, maximum and median, by quarter', () =>
    expectSame(
      open,
      { metrics: ['warmest', 'coldest', 'wind_median', 'wet_rate'], grain: 'quarter' },
      `select strftime(date_trunc('quarter', day), '%Y-%m-%d') as time, max(temp_max) as warmest, min(temp_min) as coldest,
         median(wind) as wind_median, count(*) filter (where precipitation > 0) / count(*) as wet_rate
       from weather group by all`,
    ))

  it('takes a keyword for the name of a dimension', () =>
    expectSame(
      open,
      { metrics: ['movie_count'], by: ['order'], where: '{order} > 100000', order: ['-order'] },
      `select "order", count(*) as movie_count from movies where "order" > 100000 group by all`,
    ))

  it('leaves films without a budget out of both sides of a ratio', () =>
    expectSame(
      open,
      { metrics: ['return_on_budget'], by: ['genre'] },
      `select genre, sum(worldwide_gross) filter (where production_budget > 0) / nullif(sum(production_budget), 0)
         as return_on_budget
       from movies group by all`,
    ))

  it('refuses to mix what has nothing in common', async () => {
    const question = open.layer.query({ metrics: ['rainfall', 'gross'], by: ['weather.weather'] }, EVERYTHING)
    await expect(question).rejects.toThrow(/gross/)
  })
})
