/** What the server says of a comment it took. */
export interface Posted {
  /** Null where it was sent before from another browser: `received`, and no more is said. */
  id: string | null;
  status: string;
  html: string;
  removed: readonly string[];
  reason: string | null;
  ref: string | null;
  url: string | null;
}

/** RFC 9457, with a message for each field that was refused. */
export interface Refused {
  detail?: string;
  fields?: Readonly<Record<string, string>>;
}

/** `unreached`: nobody answered, so it may have arrived or not. */
export type Answer<T> = { taken: T } | { refused: Refused } | { unreached: true };

/** Sends what the form holds, with a proof of work or ''. */
export const send = (form: HTMLFormElement, proof: string) =>
  ask<Posted>(form.action, { ...Object.fromEntries(new FormData(form)), proof });

/** Never throws: whatever happens has words for the person who wrote. */
export async function ask<T>(path: string, body: object): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    return response.ok ? { taken: answer } : { refused: answer };
  } catch {
    return { unreached: true };
  }
}
