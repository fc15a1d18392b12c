/** What the publisher could not take, as Lambda put it aside: one JSON document each time. */
export interface FailureStore {
  names(): Promise<string[]>;
  read(name: string): Promise<string>;
  remove(name: string): Promise<void>;
}
