/** Stands where the open incident would be. */
export function NothingOpen() {
  return <p style={{ padding: 16 }}>Choose an incident to see what happened.</p>;
}
