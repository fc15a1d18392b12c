/** A comment that the fragment names and this page does not hold is looked up on the page where it stands. */
export function findComment(): void {
  const [, ref, segment] = /^#comment-((t?\d+)-\d+)$/.exec(location.hash) ?? [];
  const [, slug] = /^\/([^/]+)\/(?:comments\/\w+\/)?$/.exec(location.pathname) ?? [];
  if (!ref || !slug || document.getElementById(`comment-${ref}`)) return;
  const path = `/${slug}/comments/${segment}/`;
  if (path !== location.pathname) location.replace(path + location.hash);
}
