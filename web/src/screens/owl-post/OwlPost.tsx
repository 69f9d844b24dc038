/** How events travel: consumers, dead letters, the log, the audit. */
export function OwlPost() {
  return (
    <section style={{ padding: 16 }}>
      <h1>Owl post</h1>
    </section>
  );
}
