import { ErrorResponse } from 'oidc-client-ts';
import { signIn } from '../session.ts';

/** Shown instead of the app when signing in failed, or never began. */
export function Trouble({ error }: { error: unknown }) {
  return (
    <main class="door">
      <h1>Signing in did not work</h1>
      <p>{reasonOf(error)}</p>
      <p class="actions">
        <button type="button" class="main" onClick={() => void signIn().catch(() => location.reload())}>
          Try again
        </button>
        <a href="/">Back to the site</a>
      </p>
    </main>
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof ErrorResponse) return `The sign-in service said: ${error.error_description ?? error.error}.`;
  if (error instanceof TypeError) return 'The sign-in service cannot be reached. Check the connection, then try again.';
  if (error instanceof Error && /state/i.test(error.message))
    return 'That sign-in was begun somewhere else, or too long ago. Begin it again.';
  return error instanceof Error ? error.message : 'It is not known why.';
}
