import { act, render, screen } from "@testing-library/react";
import { useRef } from "react";
import { describe, expect, it } from "vitest";
import { useFollowEnd } from "./useFollowEnd.ts";

const HEIGHT = 200;
const COMMENT = 100;

interface Props {
  readonly count: number;
  readonly isReady?: boolean;
  readonly isOwnLast?: boolean;
}

/** A column of comments, with the measures that a browser would give it. */
function Column({ count, isReady = true, isOwnLast = false }: Props) {
  const column = useRef<HTMLDivElement>(null);
  const { unseen, goToEnd } = useFollowEnd(column, count, isReady, isOwnLast);
  return (
    <>
      <div
        ref={(element) => {
          column.current = element;
          if (element !== null) {
            Object.defineProperty(element, "clientHeight", { value: HEIGHT, configurable: true });
            Object.defineProperty(element, "scrollHeight", { value: count * COMMENT, configurable: true });
          }
        }}
        data-testid="column"
      />
      <button type="button" onClick={goToEnd}>
        {unseen} new
      </button>
    </>
  );
}

function column() {
  return screen.getByTestId("column");
}

function scrollTo(top: number) {
  act(() => {
    column().scrollTop = top;
    column().dispatchEvent(new Event("scroll"));
  });
}

describe("a conversation that goes on", () => {
  it("should be followed by whoever is at its end", () => {
    const { rerender } = render(<Column count={5} />);
    scrollTo(5 * COMMENT - HEIGHT);

    rerender(<Column count={6} />);

    expect(column().scrollTop).toBe(6 * COMMENT);
    expect(screen.getByRole("button").textContent).toBe("0 new");
  });

  it("should leave in peace whoever reads further up, and say how many have come", () => {
    const { rerender } = render(<Column count={5} />);
    scrollTo(100);

    rerender(<Column count={6} />);
    rerender(<Column count={7} />);

    expect(column().scrollTop).toBe(100);
    expect(screen.getByRole("button").textContent).toBe("2 new");
  });

  it("should show to whoever has written what he has written", () => {
    const { rerender } = render(<Column count={5} />);
    scrollTo(0);

    rerender(<Column count={6} isOwnLast />);

    expect(column().scrollTop).toBe(6 * COMMENT);
  });

  it("should have seen all who comes to the end", () => {
    const { rerender } = render(<Column count={5} />);
    rerender(<Column count={6} />);
    expect(screen.getByRole("button").textContent).toBe("1 new");

    scrollTo(6 * COMMENT - HEIGHT);

    expect(screen.getByRole("button").textContent).toBe("0 new");
  });

  it("should begin at the top, where the incident is told", () => {
    const { rerender } = render(<Column count={0} isReady={false} />);

    rerender(<Column count={9} />);

    expect(column().scrollTop).toBe(0);
    expect(screen.getByRole("button").textContent).toBe("0 new");
  });
});
