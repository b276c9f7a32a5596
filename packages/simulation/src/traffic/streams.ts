/** What a run draws numbers for. Each has a stream of its own, so that one never moves another. */
export const Stream = {
  sharedNoise: 1,
  stableNoise: 2,
  candidateNoise: 3,
  missing: 4,
  stable: 5,
  candidate: 6,
} as const;
export type Stream = (typeof Stream)[keyof typeof Stream];
