const MUTED = 0.45
/** Ten times rarer than the worst so far is news. */
const WORSE = 1

/** Lets an episode speak once: what follows an alarm is muted, unless it is much worse. */
export function createEpisodes() {
  let until = 0
  let worst = 0
  return (count: number, score: number, surprise: number): number => {
    const isMuted = count < until && surprise < worst + WORSE
    if (score > 0.5) {
      worst = count < until ? Math.max(worst, surprise) : surprise
      if (!isMuted) until = count + Math.min(300, Math.max(12, Math.round(count / 20)))
    }
    return isMuted ? score * MUTED : score
  }
}
