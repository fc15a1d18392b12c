import { type Signal, useSignal } from '@preact/signals';
import { announce } from '../announce.ts';
import { link } from '../router.ts';
import { time } from '../shared/dates.ts';
import type { Article } from './article.ts';
import { PublishDialog } from './PublishDialog.tsx';
import { sayStatus } from './status.ts';
import { WithdrawDialog } from './WithdrawDialog.tsx';

/** Where the article stands, and what can be done with it. */
export function Bar({ article, previewing }: { article: Article; previewing: Signal<boolean> }) {
  const { post, busy, isDirty, newer } = article;
  const dialog = useSignal<'publish' | 'withdraw' | null>(null);
  const status = post.value?.status ?? 'draft';
  const isPublic = status === 'published';
  const save = () => void article.save().then((done) => done && announce(isPublic ? 'Updated.' : 'Saved.'));
  const close = () => {
    dialog.value = null;
  };
  return (
    <div class="bar">
      <p class="stand">
        <span class={`status ${status}`}>{post.value ? sayStatus(post.value) : 'Draft'}</span>{' '}
        <span class="soft">{sayKept(article)}</span>
      </p>
      <div class="actions">
        {post.value && isPublic && (
          <a class="quiet" href={`/${post.value.slug}/`} target="_blank" rel="noreferrer">
            View
          </a>
        )}
        {post.value && <a href={link(`posts/${post.value.id}/history`)}>History</a>}
        {(isPublic || status === 'scheduled') && (
          <button type="button" class="quiet" onClick={() => (dialog.value = 'withdraw')}>
            Withdraw …
          </button>
        )}
        <button
          type="button"
          aria-pressed={previewing.value}
          onClick={() => {
            previewing.value = !previewing.value;
          }}
        >
          Preview
        </button>
        <button
          type="button"
          class={isPublic ? 'main' : ''}
          aria-disabled={busy.value || (!isDirty.value && !!post.value)}
          onClick={save}
        >
          {isPublic ? 'Update' : 'Save'}
        </button>
        {!isPublic && (
          <button type="button" class="main" disabled={!!newer.value} onClick={() => (dialog.value = 'publish')}>
            Publish …
          </button>
        )}
      </div>
      {dialog.value === 'publish' && <PublishDialog article={article} onClose={close} />}
      {dialog.value === 'withdraw' && <WithdrawDialog article={article} onClose={close} />}
    </div>
  );
}

function sayKept({ busy, isDirty, kept, post }: Article): string {
  if (busy.value) return 'Saving …';
  if (isDirty.value && kept.value) return `Not saved yet. Kept in this browser at ${time(kept.value)}.`;
  if (isDirty.value) return 'Not saved yet.';
  return post.value ? 'Saved.' : 'Nothing is written yet.';
}
