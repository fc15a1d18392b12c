import { type FunctionComponent, h } from 'preact';
import { render } from 'preact-render-to-string';
import { Erased } from './Erased.tsx';
import { List } from './List.tsx';
import { Moved } from './Moved.tsx';
import { Door } from './me/Door.tsx';
import { Me } from './me/Me.tsx';
import { Notice } from './me/Notice.tsx';
import { Taken } from './me/Taken.tsx';
import { NotFound } from './NotFound.tsx';
import { Post } from './Post.tsx';
import { Problem } from './Problem.tsx';
import { Receipt } from './Receipt.tsx';
import { Received } from './Received.tsx';
import { Reply } from './Reply.tsx';
import { Report } from './Report.tsx';
import { Segment } from './Segment.tsx';

export { cspListStyle, cspQuietStyle, cspStyle } from '../generated/assets.ts';

/** A whole document; the same view gives the same bytes. A bundle leaves out the pages it does not make: hence the marks below. */
const page =
  <View extends object>(Page: FunctionComponent<View>) =>
  (view: View): string =>
    `<!doctype html>${render(h(Page, view))}`;

export const renderPost = /* @__PURE__ */ page(Post);
export const renderSegment = /* @__PURE__ */ page(Segment);
export const renderList = /* @__PURE__ */ page(List);
export const renderNotFound = /* @__PURE__ */ page(NotFound);
export const renderMoved = /* @__PURE__ */ page(Moved);
export const renderReceipt = /* @__PURE__ */ page(Receipt);
export const renderErased = /* @__PURE__ */ page(Erased);
export const renderReceived = /* @__PURE__ */ page(Received);
export const renderReply = /* @__PURE__ */ page(Reply);
export const renderReport = /* @__PURE__ */ page(Report);
export const renderProblem = /* @__PURE__ */ page(Problem);
export const renderNotice = /* @__PURE__ */ page(Notice);
export const renderDoor = /* @__PURE__ */ page(Door);
export const renderMe = /* @__PURE__ */ page(Me);
export const renderTaken = /* @__PURE__ */ page(Taken);
