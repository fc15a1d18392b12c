import type { PostItem } from '../../functions/table/posts.ts';
import type { Table } from '../../functions/table/table.ts';

/** A post that stands, in a table of its own. */
export interface Setting {
  table: Table;
  post: PostItem;
}

/** Brings about what is typical before a call, and gives the call. */
export type Access = (setting: Setting) => Call | Promise<Call>;

type Call = () => Promise<unknown>;
