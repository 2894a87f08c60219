/** Where people work, with the region whose sandboxes they use. */
export interface Place {
  readonly zone: string
  readonly country: string
  readonly region: string
  /** USD for an hour of work. */
  readonly hourly: number
  readonly weight: number
}

export const PLACES: readonly Place[] = [
  { zone: 'Europe/Berlin', country: 'DE', region: 'eu-central', hourly: 78, weight: 9 },
  { zone: 'America/New_York', country: 'US', region: 'us-east', hourly: 98, weight: 9 },
  { zone: 'America/Los_Angeles', country: 'US', region: 'us-west', hourly: 112, weight: 7 },
  { zone: 'Asia/Kolkata', country: 'IN', region: 'ap-south', hourly: 34, weight: 8 },
  { zone: 'Europe/London', country: 'GB', region: 'eu-central', hourly: 82, weight: 5 },
  { zone: 'Asia/Tokyo', country: 'JP', region: 'ap-south', hourly: 68, weight: 3 },
  { zone: 'Europe/Warsaw', country: 'PL', region: 'eu-central', hourly: 48, weight: 4 },
  { zone: 'America/Sao_Paulo', country: 'BR', region: 'us-east', hourly: 41, weight: 3 },
  { zone: 'America/Toronto', country: 'CA', region: 'us-east', hourly: 84, weight: 3 },
  { zone: 'Europe/Paris', country: 'FR', region: 'eu-central', hourly: 74, weight: 2 },
  { zone: 'Australia/Sydney', country: 'AU', region: 'ap-south', hourly: 88, weight: 2 },
  { zone: 'Asia/Singapore', country: 'SG', region: 'ap-south', hourly: 72, weight: 1 },
  { zone: 'Africa/Nairobi', country: 'KE', region: 'eu-central', hourly: 30, weight: 1 },
]

/** Pools of sandboxes, one a region. `capacity` is of sandboxes at the end of the story. */
export const POOLS = [
  { region: 'eu-central', capacity: 64, noon: 11.5 },
  { region: 'us-east', capacity: 56, noon: 17.5 },
  { region: 'us-west', capacity: 32, noon: 20.5 },
  { region: 'ap-south', capacity: 40, noon: 6.5 },
] as const

export const SERVICES = [
  { name: 'agent-api', latency: 85 },
  { name: 'sandbox-scheduler', latency: 140 },
  { name: 'model-gateway', latency: 220 },
  { name: 'git-sync', latency: 180 },
  { name: 'web-console', latency: 60 },
] as const
