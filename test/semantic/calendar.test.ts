import { describe, expect, it } from 'vitest'
import { firstBucketEnd, localToUtc, utcToLocal, windowStart } from '../../runtime/semantic/calendar.ts'

describe('local time', () => {
  it.each([
    ['2024-06-01T00:00:00.000', 'Europe/Berlin', '2024-05-31T22:00:00.000'],
    ['2024-10-06T00:00:00.000', 'Australia/Sydney', '2024-10-05T14:00:00.000'],
    ['2024-10-06T00:00:00.000', 'Australia/Lord_Howe', '2024-10-05T13:30:00.000'],
    ['2024-01-01T00:00:00.000', 'Asia/Kathmandu', '2023-12-31T18:15:00.000'],
    ['2024-03-10T12:00:00.000', 'UTC', '2024-03-10T12:00:00.000'],
    ['1900-01-01T00:00:00.000', 'UTC', '1900-01-01T00:00:00.000'],
  ])('%s in %s is %s in UTC, and back', (local, zone, utc) => {
    expect(localToUtc(local, zone)).toBe(utc)
    expect(utcToLocal(utc, zone)).toBe(local)
  })

  it('of an hour that occurs twice is the first, or the second where a range ends', () => {
    expect(localToUtc('2024-10-27T02:30:00.000', 'Europe/Berlin')).toBe('2024-10-27T00:30:00.000')
    expect(localToUtc('2024-10-27T02:30:00.000', 'Europe/Berlin', true)).toBe('2024-10-27T01:30:00.000')
    expect(localToUtc('2024-11-02T23:59:59.999', 'America/Havana', true)).toBe('2024-11-03T03:59:59.999')
  })

  it('that the clock skips counts on from the change', () => {
    expect(localToUtc('2024-03-31T02:30:00.000', 'Europe/Berlin')).toBe('2024-03-31T01:30:00.000')
    expect(localToUtc('2024-03-10T00:00:00.000', 'America/Havana')).toBe('2024-03-10T05:00:00.000')
  })
})

describe('windows', () => {
  it.each([
    [{ trailing: { count: 1, unit: 'month' } }, '2024-03-31T00:00:00.000', '2024-02-29T00:00:00.000'],
    [{ trailing: { count: 1, unit: 'quarter' } }, '2024-05-31T00:00:00.000', '2024-02-29T00:00:00.000'],
    [{ trailing: { count: 1, unit: 'year' } }, '2024-02-29T12:30:00.000', '2023-02-28T12:30:00.000'],
    [{ trailing: { count: 2, unit: 'week' } }, '2024-01-10T00:00:00.000', '2023-12-27T00:00:00.000'],
    [{ trailing: { count: 36, unit: 'hour' } }, '2024-01-10T00:00:00.000', '2024-01-08T12:00:00.000'],
    [{ toDate: 'month' }, '2024-03-01T00:00:00.000', '2024-02-01T00:00:00.000'],
    [{ toDate: 'quarter' }, '2024-03-05T08:00:00.000', '2024-01-01T00:00:00.000'],
    [{ toDate: 'year' }, '2024-01-01T00:00:00.000', '2023-01-01T00:00:00.000'],
    [{ toDate: 'day' }, '2024-01-01T00:00:00.000', '2023-12-31T00:00:00.000'],
    [{ all: true }, '2024-01-01T00:00:00.000', null],
  ] as const)('%j that end before %s start at %s', (window, end, start) => {
    expect(windowStart(window, end, 'monday')).toBe(start)
  })

  it('of weeks start on the day the project says', () => {
    const end = '2024-01-10T00:00:00.000'
    expect(windowStart({ toDate: 'week' }, end, 'monday')).toBe('2024-01-08T00:00:00.000')
    expect(windowStart({ toDate: 'week' }, end, 'sunday')).toBe('2024-01-07T00:00:00.000')
    expect(windowStart({ toDate: 'week' }, '2024-01-07T00:00:00.000', 'sunday')).toBe('2023-12-31T00:00:00.000')
  })

  it('of the first bucket end with it, or with the range', () => {
    const [from, end] = ['2024-01-17T00:00:00.000', '2024-01-25T00:00:00.000']
    expect(firstBucketEnd(from, end, 'week', 'monday')).toBe('2024-01-22T00:00:00.000')
    expect(firstBucketEnd(from, end, 'month', 'monday')).toBe(end)
  })
})
