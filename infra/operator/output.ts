/** JSON for scripts on one line, else rows for a person. Neither can steer the terminal it is shown in. */
export function print(value: unknown, json: boolean, rows: () => readonly (readonly string[])[]): void {
  if (json) console.log(JSON.stringify(value).replace(/[\x7f-\x9f]/g, escaped));
  else for (const line of aligned(rows())) console.log(line.replace(/\p{Cc}/gu, '�'));
}

const escaped = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** One line of at most `length` characters. */
export function brief(text: string, length = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
