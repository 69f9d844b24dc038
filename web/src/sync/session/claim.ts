/**
 * Lets one tab of the browser have something: gives the way to give it back, or undefined where another tab has it. A tab
 * that is closed gives back what it has.
 */
export type Claim = (name: string) => Promise<(() => void) | undefined>;

/** By Web Locks; where the page does not come over HTTPS there are none, and the shared storage has to do. */
export function browserClaim(): Claim {
  return navigator.locks === undefined ? claimInStorage : claimByLock;
}

const claimByLock: Claim = (name) =>
  new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock === null) {
        resolve(undefined);
        return undefined;
      }
      return new Promise<void>((giveBack) => resolve(giveBack));
    });
  });

/** What the tab of a claim that is older than this did has long been seen, or it was closed in the middle. */
const FORGOTTEN_AFTER = 15_000;
/** Storage is not the same in all tabs at the same moment; after this long it is, in all likelihood. */
const SETTLED_AFTER = 100;

const claimInStorage: Claim = async (name) => {
  const [, since] = (localStorage.getItem(name) ?? " 0").split(" ");
  if (Date.now() - Number(since) < FORGOTTEN_AFTER) {
    return undefined;
  }
  const mine = `${Math.random()} ${Date.now()}`;
  localStorage.setItem(name, mine);
  await new Promise((resolve) => setTimeout(resolve, SETTLED_AFTER));
  return localStorage.getItem(name) === mine ? () => localStorage.removeItem(name) : undefined;
};
