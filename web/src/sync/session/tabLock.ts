/** Lets one tab of the browser at a time do something. */
export type TabLock = <T>(deed: () => Promise<T>) => Promise<T>;

const NAME = "marauders-map.renewal";
/** Longer than a request takes; a tab that was closed in the middle holds up the others no longer than this. */
const LEASE = 10_000;
/** Long enough that a tab that wrote at the same moment is seen. */
const SETTLE = 50;

/** Web Locks; where the page does not come over HTTPS there are none, and a lease in the shared storage has to do. */
export function browserTabLock(): TabLock {
  return navigator.locks === undefined
    ? leaseInStorage
    : async (deed) => (await navigator.locks.request(NAME, deed)) as Awaited<ReturnType<typeof deed>>;
}

const leaseInStorage: TabLock = async (deed) => {
  const owner = `${Date.now()}.${Math.random()}`;
  while (!(await takeLease(owner))) {
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
  }
  try {
    return await deed();
  } finally {
    localStorage.removeItem(NAME);
  }
};

async function takeLease(owner: string): Promise<boolean> {
  const [, until] = (localStorage.getItem(NAME) ?? " 0").split(" ");
  if (Number(until) > Date.now()) {
    return false;
  }
  localStorage.setItem(NAME, `${owner} ${Date.now() + LEASE}`);
  await new Promise((resolve) => setTimeout(resolve, SETTLE));
  return localStorage.getItem(NAME)?.startsWith(`${owner} `) === true;
}
