import { useNavigate } from "@tanstack/react-router";
import type { RefObject } from "react";
import { Header, Menu, MenuItem, MenuSection, Popover, Separator } from "react-aria-components";
import { useLive } from "../../live/useLive.ts";
import { chooseTheme, THEMES, type Theme, theme } from "../../theme/theme.ts";
import { useMe, useSync } from "../SyncProvider.tsx";
import styles from "./UserMenu.module.css";

interface Props {
  readonly triggerRef: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

export default function UserMenuPopover({ triggerRef, onClose }: Props) {
  const me = useMe();
  const { session } = useSync();
  const navigate = useNavigate();
  const shown = useLive(theme);
  return (
    <Popover
      isOpen
      onOpenChange={onClose}
      triggerRef={triggerRef}
      placement="bottom end"
      className={styles.popover ?? ""}
    >
      <Menu className={styles.menu ?? ""} aria-label={me.name} autoFocus="first" onClose={onClose}>
        <MenuItem className={styles.item ?? ""} onAction={() => void navigate({ to: "/profile" })}>
          {me.name}
        </MenuItem>
        <Separator className={styles.line ?? ""} />
        <MenuSection
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[shown]}
          onSelectionChange={(keys) => {
            const [choice] = keys as Set<Theme>;
            chooseTheme(choice ?? "system");
          }}
        >
          <Header className={styles.heading ?? ""}>Theme</Header>
          {THEMES.map((choice) => (
            <MenuItem key={choice} id={choice} className={styles.item ?? ""}>
              {choice}
            </MenuItem>
          ))}
        </MenuSection>
        <Separator className={styles.line ?? ""} />
        <MenuItem className={styles.item ?? ""} onAction={() => void session.signOut()}>
          Sign out
        </MenuItem>
      </Menu>
    </Popover>
  );
}
