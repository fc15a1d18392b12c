import type { FunctionSpec, Route } from '../../functions/manifest.ts';

export interface RoutedFunction {
  name: string;
  spec: FunctionSpec;
  route: Route;
}

export interface Match extends RoutedFunction {
  /** `GET /api/posts/{slug}` */
  routeKey: string;
  /** Decoded. */
  parameters: Record<string, string>;
}

/**
 * Finds the route of a request; of several the one with the fewest parameters, as API Gateway does. The path is
 * percent-encoded; a wrong encoding in a parameter throws URIError.
 */
export function router(manifest: Readonly<Record<string, FunctionSpec>>) {
  const routes = Object.entries(manifest)
    .flatMap(([name, spec]) => (spec.routes ?? []).map((route): RoutedFunction => ({ name, spec, route })))
    .map((routed) => ({ ...routed, segments: routed.route.path.split('/') }))
    .sort((a, b) => parametersIn(a.segments) - parametersIn(b.segments));

  return (method: string, path: string): Match | undefined => {
    const sent = path.split('/');
    for (const { segments, ...routed } of routes) {
      if (routed.route.method !== method) continue;
      const parameters = bind(segments, sent);
      if (parameters) return { ...routed, routeKey: `${method} ${routed.route.path}`, parameters };
    }
    return undefined;
  };
}

function parametersIn(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith('{')).length;
}

function bind(segments: readonly string[], sent: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== sent.length) return undefined;
  const bound: [string, string][] = [];
  for (const [index, segment] of segments.entries()) {
    const value = sent[index] ?? '';
    if (segment.startsWith('{') && value !== '') bound.push([segment.slice(1, -1), decodeURIComponent(value)]);
    else if (segment !== value) return undefined;
  }
  return Object.fromEntries(bound);
}
