/** What the server says of a comment it took. */
export interface Posted {
  id: string;
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
export type Answer = { posted: Posted } | { refused: Refused } | { unreached: true };

/** Sends what the form holds, with a proof of work or ''. Never throws: whatever happens has words for the person who wrote. */
export async function send(form: HTMLFormElement, proof: string): Promise<Answer> {
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ ...Object.fromEntries(new FormData(form)), proof }),
    });
    const answer = await response.json();
    return response.ok ? { posted: answer } : { refused: answer };
  } catch {
    return { unreached: true };
  }
}
