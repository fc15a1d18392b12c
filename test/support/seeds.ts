/** How often a property under faults is tried: `SEEDS=40` for longer, `STOA_SEED=…` for the one that failed. */
export const seeds = (usual: number) => ({
  numRuns: Number(process.env.SEEDS ?? usual),
  endOnFailure: true,
  ...(process.env.STOA_SEED ? { seed: Number(process.env.STOA_SEED) } : {}),
});
