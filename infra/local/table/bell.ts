export interface Bell {
  ring(): void;
  /** Until the bell rings, or has rung since the last wait; at most `ms`. */
  wait(ms?: number): Promise<void>;
}

/** Wakes one sleeper. A ring while nobody sleeps is kept, so that none is missed between looking and sleeping. */
export const bell = (): Bell => {
  let rung = false;
  let wake = () => {};

  return {
    ring() {
      rung = true;
      wake();
    },
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
    },
  };
};
