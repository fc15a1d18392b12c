import { type FunctionComponent, h } from 'preact';
import { render } from 'preact-render-to-string';
import { List } from './List.tsx';
import { Moved } from './Moved.tsx';
import { NotFound } from './NotFound.tsx';
import { Post } from './Post.tsx';
import { Problem } from './Problem.tsx';
import { Receipt } from './Receipt.tsx';
import { Received } from './Received.tsx';
import { Reply } from './Reply.tsx';
import { Report } from './Report.tsx';
import { Segment } from './Segment.tsx';

export { cspListStyle, cspQuietStyle, cspStyle } from '../generated/assets.ts';

/** A whole document; the same view gives the same bytes. */
const page =
  <View extends object>(Page: FunctionComponent<View>) =>
  (view: View): string =>
    `<!doctype html>${render(h(Page, view))}`;

export const renderPost = page(Post);
export const renderSegment = page(Segment);
export const renderList = page(List);
export const renderNotFound = page(NotFound);
export const renderMoved = page(Moved);
export const renderReceipt = page(Receipt);
export const renderReceived = page(Received);
export const renderReply = page(Reply);
export const renderReport = page(Report);
export const renderProblem = page(Problem);
