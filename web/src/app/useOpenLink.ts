import { useNavigate } from "@tanstack/react-router";

/** Goes to what a notification links to, `/incidents/42#comment-7`; the list beside it stays as it is filtered. */
export function useOpenLink(): (link: string) => void {
  const navigate = useNavigate();
  return (link) => {
    const [, id, hash] = /^\/incidents\/(\d+)(?:#(.+))?$/.exec(link) ?? [];
    void (id === undefined
      ? navigate({ href: link })
      : navigate({
          to: "/incidents/$id",
          params: { id },
          search: true,
          ...(hash !== undefined && { hash }),
        }));
  };
}
