import { Dated } from '../Dated.tsx';
import { longDate } from '../dates.ts';
import { Html } from '../Html.tsx';
import { Layout } from '../Layout.tsx';
import { postPath } from '../links.ts';
import { reasonFor } from '../reasons.ts';
import type { MeView, OwnComment, Stored } from './views.ts';

/** Everything stored about a person, and what they may do with it. */
export function Me({ site, mail, follows, browsers, comments, older, done }: MeView) {
  return (
    <Layout site={site} title="What is stored about you" unlisted>
      <main id="main">
        <h1>What is stored about you</h1>
        {done && DONE[done] && (
          <p class="note" role="status">
            {DONE[done]}
          </p>
        )}
        <Ledger mail={mail} browsers={browsers} />
        <form method="post" action="/api/me/browsers">
          <p>Here you are known after one approved comment. Then what you write in this browser appears at once.</p>
          <button type="submit">Know me in this browser</button>
        </form>
        {mail && <Mails mail={mail} follows={follows} />}
        <section>
          <h2>Your comments</h2>
          {comments.length === 0 && <p>There are none.</p>}
          {comments.map((comment) => (
            <Own key={comment.id} comment={comment} />
          ))}
          {older && (
            <p class="on">
              <a href={older}>Older ones →</a>
            </p>
          )}
        </section>
        <section>
          <h2>Take it with you, or erase it</h2>
          <p>
            <a href="/api/me/export">A file to read</a> · <a href="/api/me/export?as=json">a file for programs</a>
          </p>
          <form method="post" action="/api/me/erasure">
            <p>
              Your words, your name and your address go, from the pages within seconds. Replies to you keep their place.
              Backups hold on to what was erased for up to 35 days.
            </p>
            <label>
              <input type="checkbox" name="all" value="yes" required /> Everything, for good
            </label>
            <button type="submit">Erase everything</button>
          </form>
          <form method="post" action="/api/me/end">
            <button type="submit">I am done here</button>
          </form>
        </section>
      </main>
    </Layout>
  );
}

const DONE: Readonly<Record<string, string>> = {
  erased: 'The comment is erased. It leaves the pages within seconds.',
  more: 'You wrote a great deal: some of it is erased, and there is more. Please press the button again.',
  known: 'You are known in this browser now: what you write here appears at once.',
  unknown:
    'None of your comments has been approved yet, so there is nothing to be known by. The next one is read first.',
  stopped: 'No mail comes any more, and your address is erased.',
  confirmed: 'A mail comes when somebody answers you.',
  unfollowed: 'No mail comes about that comment any more.',
  'at-once': 'Each reply comes by a mail of its own.',
  daily: 'All replies of a day come in one mail, after midnight UTC.',
};

export function Ledger({ mail, browsers }: Pick<Stored, 'mail' | 'browsers'>) {
  return (
    <ul>
      <li>Your comments, until you erase them, with the name and the website that you gave with each.</li>
      <li>
        {mail
          ? `Your address, ${mail.address}, encrypted, until ${longDate(mail.until)}; ${mail.confirmed ? 'mails come to it' : 'no mail comes to it before you say so'}.`
          : 'Of your address only a fingerprint that it cannot be read from, until you erase everything.'}
      </li>
      <li>{browsers === 1 ? 'One browser that you are known in.' : `${browsers} browsers that you are known in.`}</li>
      <li>Where you wrote from, for two days, as a fingerprint that changes every day. Never which browser it was.</li>
    </ul>
  );
}

function Mails({ mail, follows }: { mail: NonNullable<Stored['mail']>; follows: MeView['follows'] }) {
  return (
    <section>
      <h2>Your mails</h2>
      <form method="post" action="/api/me/mail">
        <p>
          {mail.confirmed
            ? `Mails come when somebody answers ${counted(mail.comments.length)}${mail.pace === 'daily' ? ', all of a day in one' : ''}.`
            : `You asked for mails about ${counted(mail.comments.length)}. Do you want them?`}
        </p>
        {!mail.confirmed && (
          <button type="submit" name="mail" value="yes">
            Yes, write to me
          </button>
        )}{' '}
        <button type="submit" name="mail" value="no">
          Stop all mails
        </button>
      </form>
      <form method="post" action="/api/me/mail">
        {mail.pace === 'daily' ? (
          <button type="submit" name="pace" value="at-once">
            Write to me at once instead
          </button>
        ) : (
          <button type="submit" name="pace" value="daily">
            Write to me once a day instead
          </button>
        )}
      </form>
      <ul>
        {follows.map((comment) => (
          <li key={comment.id}>
            <form method="post" action="/api/me/mail">
              <span id={`s-${comment.id}`}>
                Replies to what you wrote on <Dated iso={comment.created} property="dt-published" />, at{' '}
                <Where comment={comment} />
              </span>{' '}
              <button type="submit" name="stop" value={comment.id} aria-describedby={`s-${comment.id}`}>
                Stop these
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Where({ comment }: { comment: OwnComment }) {
  const { article, url } = comment;
  return article ? <a href={url ?? postPath(article.slug)}>{article.title}</a> : <>an article</>;
}

const counted = (n: number) => (n === 1 ? 'one of your comments' : `${n} of your comments`);

const STATES: Record<OwnComment['status'], string> = {
  approved: 'published',
  pending: 'waiting for a person to read it',
  spam: 'set aside as advertising',
  rejected: 'not published',
  removed: 'removed by a moderator',
};

function Own({ comment }: { comment: OwnComment }) {
  return (
    <div class="preview">
      <Words comment={comment} />
      <form method="post" action="/api/me/erasure">
        <input type="hidden" name="comment" value={comment.id} />
        <p>
          <button type="submit">Erase this comment</button>
        </p>
      </form>
    </div>
  );
}

export function Words({ comment }: { comment: OwnComment }) {
  const { name, created, status, reason, html } = comment;
  const explained = status === 'pending' || status === 'spam';
  return (
    <>
      <p class="by">
        <b>{name}</b> on <Where comment={comment} />, <Dated iso={created} property="dt-published" />: {STATES[status]}.{' '}
        {explained && reasonFor(reason)}
      </p>
      <Html class="e-content" html={html} />
    </>
  );
}
