/** Counters and charts. */
export function Analytics() {
  return (
    <section style={{ padding: 16 }}>
      <h1>Analytics</h1>
    </section>
  );
}
