import type { ComponentType } from 'preact';
import type { Group } from './session.ts';

export type Params = Record<string, string>;

export interface ViewProps {
  params: Params;
  /** What follows `?` within the hash. */
  query: URLSearchParams;
}

export interface View {
  /** Within the hash, with `:name` for a part that varies. */
  path: string;
  /** Of the document, and said when the view is shown. */
  title: string;
  /** The place in the header that it belongs to. */
  place: string;
  /** Whose account may use it; the API checks that itself. */
  group: Group;
  load: () => Promise<{ default: ComponentType<ViewProps> }>;
}
