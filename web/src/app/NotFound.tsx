import { Link } from "@tanstack/react-router";

export function NotFound() {
  return (
    <main>
      <h1>This corridor leads nowhere</h1>
      <p>
        There is no such page. <Link to="/">Back to the map</Link>
      </p>
    </main>
  );
}
