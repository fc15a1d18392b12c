export default function PostList() {
  return <h1 tabIndex={-1}>Write</h1>;
}
