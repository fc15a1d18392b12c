/** What a service is asked about. */
export interface Question {
  id: string;
  article: { title: string; url: string };
  /** The public reference of what it answers. */
  answers: string | null;
  name: string;
  website: string | null;
  words: string;
  html: string;
  /** ISO 8601 UTC. */
  written: string;
}

/** `hold`: no opinion, or none that can be read; a person decides. */
export type Opinion = 'ham' | 'spam' | 'hold';

export interface Ask {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** What an answer that is `ok` says. */
  read(status: number, text: string): Opinion;
}
