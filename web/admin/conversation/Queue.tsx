export default function Queue() {
  return <h1 tabIndex={-1}>Conversation</h1>;
}
