import { announce } from '../announce.ts';
import { Dialog } from '../shared/Dialog.tsx';
import type { Article } from './article.ts';

export function WithdrawDialog({ article, onClose }: { article: Article; onClose: () => void }) {
  const withdraw = async () => {
    onClose();
    if (await article.withdraw()) announce('Withdrawn.');
  };
  return (
    <Dialog title="Withdraw this article?" onClose={onClose}>
      <p>
        Readers will find a note in its place, and its conversation is out of sight. Nothing is deleted: publish it
        again and all of it is back.
      </p>
      <p class="actions">
        <button type="button" class="main" onClick={() => void withdraw()}>
          Withdraw
        </button>
        <button type="button" onClick={onClose}>
          Leave it
        </button>
      </p>
    </Dialog>
  );
}
