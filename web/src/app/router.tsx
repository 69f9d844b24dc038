import {
  createBrowserHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { type BoardSearch, boardSearchOf } from "../screens/board/boardSearch.ts";
import { owlPostSearchOf } from "../screens/owl-post/owlPostSearch.ts";
import type { Sync } from "../sync/index.ts";
import { Frame } from "./frame/Frame.tsx";
import { NotFound } from "./NotFound.tsx";
import { type TimeSearch, timeSearchOf } from "./time-travel/timeSearch.ts";

interface Context {
  readonly sync: Sync;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFound });

/** Where somebody wanted to go before he had to sign in; an address of ours only. */
function returnOf(search: Record<string, unknown>): { back?: string } {
  const { back } = search;
  return typeof back === "string" && /^\/(?![/\\])/.test(back) ? { back } : {};
}

const forVisitors = createRoute({
  getParentRoute: () => root,
  id: "visitors",
  validateSearch: returnOf,
  beforeLoad({ context, search }) {
    if (context.sync.session.user.get() !== undefined) {
      throw redirect({ href: search.back ?? "/" });
    }
  },
});

const signIn = createRoute({
  getParentRoute: () => forVisitors,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("../screens/sign-in/SignIn.tsx"), "SignIn"),
});

const register = createRoute({
  getParentRoute: () => forVisitors,
  path: "/register",
  component: lazyRouteComponent(() => import("../screens/register/Register.tsx"), "Register"),
});

/** For visitors as well, who are told to sign in: its secret must not go into the address that leads them back. */
const firstAdmin = createRoute({
  getParentRoute: () => root,
  path: "/first-admin",
  component: lazyRouteComponent(() => import("../screens/first-admin/FirstAdmin.tsx"), "FirstAdmin"),
});

const forUsers = createRoute({
  getParentRoute: () => root,
  id: "users",
  component: Frame,
  beforeLoad({ context, location }) {
    if (context.sync.session.user.get() === undefined) {
      throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { back: location.href } });
    }
  },
});

/** Which incidents, and when. */
function incidentsSearchOf(search: Record<string, unknown>): BoardSearch & TimeSearch {
  return { ...boardSearchOf(search), ...timeSearchOf(search) };
}

/** The list, with the open incident beside it. */
const board = createRoute({
  getParentRoute: () => forUsers,
  id: "board",
  validateSearch: incidentsSearchOf,
  component: lazyRouteComponent(() => import("../screens/board/Board.tsx"), "Board"),
});

const nothingOpen = createRoute({
  getParentRoute: () => board,
  path: "/",
  component: lazyRouteComponent(() => import("../screens/board/NothingOpen.tsx"), "NothingOpen"),
});

const incident = createRoute({
  getParentRoute: () => board,
  path: "/incidents/$id",
  component: lazyRouteComponent(() => import("../screens/incident/IncidentScreen.tsx"), "IncidentScreen"),
});

const map = createRoute({
  getParentRoute: () => forUsers,
  path: "/map",
  validateSearch: incidentsSearchOf,
  component: lazyRouteComponent(() => import("../screens/map/MapScreen.tsx"), "MapScreen"),
});

const analytics = createRoute({
  getParentRoute: () => forUsers,
  path: "/analytics",
  component: lazyRouteComponent(() => import("../screens/analytics/Analytics.tsx"), "Analytics"),
});

const owlPost = createRoute({
  getParentRoute: () => forUsers,
  path: "/owl-post",
  validateSearch: owlPostSearchOf,
  component: lazyRouteComponent(() => import("../screens/owl-post/OwlPost.tsx"), "OwlPost"),
});

const profile = createRoute({
  getParentRoute: () => forUsers,
  path: "/profile",
  component: lazyRouteComponent(() => import("../screens/profile/Profile.tsx"), "Profile"),
});

const routeTree = root.addChildren([
  forVisitors.addChildren([signIn, register]),
  firstAdmin,
  forUsers.addChildren([board.addChildren([nothingOpen, incident]), map, analytics, owlPost, profile]),
]);

/** The addresses of the page. They are its state: filters, what is open. */
export function createPageRouter(sync: Sync, history: RouterHistory = createBrowserHistory()) {
  const router = createRouter({
    routeTree,
    history,
    context: { sync },
    defaultPreload: "intent",
    scrollRestoration: true,
  });
  // Whoever signs in or out, in whatever tab, is where he may be.
  sync.session.user.subscribe(() => void router.invalidate());
  return router;
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPageRouter>;
  }
}
