import { useSignal } from '@preact/signals';
import { announce } from '../announce.ts';
import { link } from '../router.ts';
import { Difference } from '../shared/Difference.tsx';
import type { Article } from './article.ts';
import { wordsOf } from './post.ts';

/** Shown when somebody saved another version since these words began. Whatever is chosen, no word is lost. */
export function Newer({ article }: { article: Article }) {
  const isShown = useSignal(false);
  const said = useSignal<readonly string[] | null>(null);
  const copy = useSignal('');
  const theirs = article.newer.value;

  const together = () => {
    const merged = article.together();
    if (!merged) return;
    article.rebase(merged.words);
    said.value = merged.clashes;
    announce('Both versions are together on this screen. Look it over, then save.');
  };
  const takeTheirs = () => {
    copy.value = article.takeTheirs();
    announce('Theirs is on this screen. Yours is a draft of its own.');
  };

  if (!theirs) {
    return (
      <>
        {said.value && <Together clashes={said.value} onDone={() => (said.value = null)} />}
        {copy.value && (
          <p class="note">
            Your version is kept as <a href={link(`posts/${copy.value}`)}>a draft of its own</a>.
          </p>
        )}
      </>
    );
  }
  return (
    <section class="note" aria-labelledby="newer">
      <h2 id="newer">Somebody else saved a newer version</h2>
      <p>Your words are still here, and theirs are saved. Put both together, and look over what comes of it.</p>
      <p class="actions">
        <button type="button" class="main" onClick={together}>
          Put both together
        </button>
        <button type="button" aria-expanded={isShown.value} onClick={() => (isShown.value = !isShown.value)}>
          Show what they changed
        </button>
        <button
          type="button"
          onClick={() => {
            article.rebase(article.words.value);
            announce('Yours will be saved on top. Theirs stays in the history.');
          }}
        >
          Go on with mine
        </button>
        <button type="button" onClick={takeTheirs}>
          Take theirs
        </button>
      </p>
      {isShown.value && <Difference before={article.base.value.words.source} after={wordsOf(theirs).source} />}
    </section>
  );
}

function Together({ clashes, onDone }: { clashes: readonly string[]; onDone: () => void }) {
  return (
    <section class="note">
      <p>
        {clashes.length === 0
          ? 'Both versions are together below. Look it over, then save.'
          : `Both versions are together below. Both of you changed ${clashes.join('; and ')}. In the text theirs stands first and yours follows. Look it over, then save.`}
      </p>
      <p class="actions">
        <button type="button" onClick={onDone}>
          All right
        </button>
      </p>
    </section>
  );
}
