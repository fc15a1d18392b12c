import { diffWordsWithSpace } from 'diff';

/** Around what changed, in characters; the rest of what stayed is left out. */
const AROUND = 160;

/** What became of a text: taken out, put in, and enough of what stayed to find the place. */
export function Difference({ before, after }: { before: string; after: string }) {
  if (before === after) return <p class="soft">The text is the same.</p>;
  const parts = diffWordsWithSpace(before, after);
  return (
    <p class="difference">
      {parts.map(({ value, added, removed }, at) => {
        const key = `${at}`;
        if (added) return <ins key={key}>{value}</ins>;
        if (removed) return <del key={key}>{value}</del>;
        return <span key={key}>{shortened(value, at > 0, at < parts.length - 1)}</span>;
      })}
    </p>
  );
}

function shortened(text: string, isAfterChange: boolean, isBeforeChange: boolean): string {
  const [head, tail] = [isAfterChange ? AROUND : 0, isBeforeChange ? AROUND : 0];
  if (text.length <= head + tail + AROUND) return text;
  return `${text.slice(0, head)} … ${tail > 0 ? text.slice(-tail) : ''}`;
}
