import { api } from '../api.ts';
import { Lists } from '../conversation/Lists.tsx';
import { moment } from '../shared/dates.ts';
import { Loaded } from '../shared/Loaded.tsx';
import { RulesForm } from './RulesForm.tsx';
import type { RulesShown } from './words.ts';

/** What decides about a comment before a moderator does: shown, changed, and tried before it takes effect. */
export default function Rules() {
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>Rules</h1>
      </div>
      <Lists here="rules" />
      <p class="soft">
        A comment goes by these from above to below: the first that fits decides, and its writer is told which. What
        none of them fits is published at once.
      </p>
      <Loaded load={(signal) => api.get<RulesShown>('/rules', signal)}>
        {(shown) => (
          <>
            {shown.at && <p class="soft">They were changed on {moment(shown.at)}.</p>}
            <RulesForm shown={shown} />
          </>
        )}
      </Loaded>
    </>
  );
}
