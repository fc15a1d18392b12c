import {
  renderErased,
  renderList,
  renderNotFound,
  renderPost,
  renderProblem,
  renderReceipt,
  renderReceived,
  renderReply,
  renderSegment,
} from '../../web/pages/render.ts';
import * as views from './views.ts';

/** Every kind of page in its telling states, by the path at which a test serves it. */
export const samplePages = (): ReadonlyMap<string, string> =>
  new Map([
    ['/a-bench-outside/', renderPost(views.postView())],
    ['/quiet/', renderPost(views.postView({ threads: [], total: 0, earlier: null }))],
    ['/closed/', renderPost(views.postView({ post: { ...views.postView().post, closed: true } }))],
    ['/a-bench-outside/comments/42/', renderSegment(views.segmentView())],
    [
      '/a-bench-outside/comments/t3/',
      renderSegment(views.segmentView({ root: views.comment('42-1').url, next: null })),
    ],
    ['/', renderList(views.listView())],
    [
      '/page/1/',
      renderList(
        views.listView({ kind: 'archive', title: 'Page 1', path: '/page/1/', older: null, newer: '/page/2/' }),
      ),
    ],
    [
      '/author/odile-brandt/',
      renderList(views.listView({ kind: 'author', title: views.author.name, author: views.author })),
    ],
    ['/404.html', renderNotFound(views.notFoundView)],
    ['/api/comments/held', renderReceipt(views.receiptView())],
    [
      '/api/comments/published',
      renderReceipt(
        views.receiptView({ status: 'approved', reason: null, removed: [], url: views.comment('42-10').url }),
      ),
    ],
    ['/api/comments/erased', renderErased({ site: views.receivedView.site })],
    ['/api/comments/spam', renderReceipt(views.receiptView({ status: 'spam', reason: 'links.many' }))],
    ['/api/comments/received', renderReceived(views.receivedView)],
    ['/api/posts/a-bench-outside/reply', renderReply(views.replyView())],
    ['/api/posts/a-bench-outside/comments', renderProblem(views.problemView())],
    [
      '/problem',
      renderProblem(
        views.problemView({ form: null, title: 'Too much at once', detail: 'Please try again in a minute.' }),
      ),
    ],
  ]);
