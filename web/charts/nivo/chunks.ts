import { createChunk } from '../chunk.ts'

/** Charts that stand on nivo: each is fetched when a page first has one. */
export const barChunk = createChunk(async () => (await import('./nivo-bar.tsx')).NivoBar)
export const pieChunk = createChunk(async () => (await import('./nivo-pie.tsx')).NivoPie)
export const funnelChunk = createChunk(async () => (await import('./nivo-funnel.tsx')).NivoFunnel)
export const mapChunk = createChunk(async () => (await import('./nivo-map.tsx')).NivoMap)
