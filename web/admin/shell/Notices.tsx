import { reachable } from '../api.ts';
import { session, signIn } from '../session.ts';

/** What is amiss with everything: no connection, no session. Nothing on the screen is taken away. */
export function Notices() {
  return (
    <div role="alert">
      {session.value.state === 'ended' && (
        <p class="notice">
          <span>
            <strong>Your session has ended.</strong> What you wrote is kept in this browser. Sign in again, and you are
            back here.
          </span>
          <button type="button" onClick={() => void signIn()}>
            Sign in again
          </button>
        </p>
      )}
      {!reachable.value && (
        <p class="notice">
          <span>
            <strong>Stoa cannot be reached.</strong> What you write is kept in this browser. Try again when the
            connection is back.
          </span>
        </p>
      )}
    </div>
  );
}
