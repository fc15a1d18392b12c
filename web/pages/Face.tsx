/** The first letter of a name in a circle; `hue` 0-5 tells two of the same letter apart; the site's authors have none, and one colour. */
export function Face({ name, hue }: { name: string; hue?: number }) {
  return (
    <i class={hue === undefined ? 'face' : `face h${hue}`} aria-hidden="true">
      {initial(name)}
    </i>
  );
}

function initial(name: string): string {
  const letter = /[\p{L}\p{N}]\p{M}*/u.exec(name)?.[0] ?? '·';
  return letter.toLocaleUpperCase('en');
}
