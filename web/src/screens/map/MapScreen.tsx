/** The castle and its places, with what happens there. */
export function MapScreen() {
  return (
    <section style={{ padding: 16 }}>
      <h1>The map</h1>
    </section>
  );
}
