export default function Site() {
  return <h1 tabIndex={-1}>Site</h1>;
}
