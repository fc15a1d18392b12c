import type { MovedView } from './views.ts';

/** What lies at an address that was left: the edge answers 301, and nobody sees this but whoever reads the bucket. */
export function Moved({ stamp, to }: MovedView) {
  return (
    <html lang="en" data-state={stamp}>
      <head>
        <meta charset="utf-8" />
        <title>Moved</title>
      </head>
      <body>
        <a href={to}>It moved here</a>
      </body>
    </html>
  );
}
