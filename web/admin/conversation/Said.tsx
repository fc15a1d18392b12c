export default function Said() {
  return <h1 tabIndex={-1}>Said to you</h1>;
}
