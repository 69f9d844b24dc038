import { useMe } from "../../app/SyncProvider.tsx";

/** Who I am here. */
export function Profile() {
  const me = useMe();
  return (
    <section style={{ padding: 16 }}>
      <h1>{me.name}</h1>
      <p>
        {me.email} · @{me.handle} · {me.role}
      </p>
    </section>
  );
}
