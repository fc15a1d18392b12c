/** What is not measured on AWS: what readers and commenters are taken to do, and how long functions run. */
export const MODEL = {
  view: {
    /** About the mean of the five documents of budget 1 in docs/benchmarks.md, 0 to 500 comments. */
    documentBytes: 9_231,
    /** The module is cached for a year: newcomers fetch it. */
    moduleShare: 0.3,
    /** Budget 3, with its headers. */
    moduleBytes: 3_400,
    /** Of requests, past the cache into the bucket. */
    missShare: 0.02,
    /** viewer-request and viewer-response. */
    edgeFunctions: 2,
  },
  comment: {
    /** From somebody new: held, and let in by a moderator. The rest is seated at once. */
    heldShare: 0.3,
    /** Sent by form, and its receipt shown. */
    formShare: 0.2,
    /** Of the handler and of the publisher. */
    seconds: { submit: 0.03, publish: 0.045, moderate: 0.05 },
  },
  memoryGb: 0.5,
  month: {
    scheduleRuns: 43_200,
    scheduleSeconds: 0.02,
    scheduleMemoryGb: 0.25,
    secrets: 1,
    alarms: 12,
  },
  /** Of a function's run: its own line, and Lambda's three. */
  logBytes: 1_000,
  /** The naive design: a function reads the conversation from the table for each view, and API Gateway sends the page. */
  naive: { viewSeconds: 0.06 },
} as const;
