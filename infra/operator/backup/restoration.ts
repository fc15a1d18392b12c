/** What this table is being, or was, restored from. */
export interface Restoration {
  export: string;
  made: string;
  done: boolean;
}

/** The job by which it is known. */
export const RESTORATION = 'restore';
