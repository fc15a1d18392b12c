/** A colonnade whose floor is a speech bubble. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M0 0h16v3H0zm1 4h2v6H1zm4 0h2v6H5zm4 0h2v6H9zm4 0h2v6h-2zM0 11h16v2H7l-3 3v-3H0z" />
    </svg>
  );
}
