/** The pitches of all notes that were begun, in hertz. */
export const notes: number[] = [];

class SilentNode {
  connect<T>(next: T): T {
    return next;
  }
}

class SilentOscillator extends SilentNode {
  readonly #hertz: number;

  constructor(_: unknown, { frequency }: { readonly frequency: number }) {
    super();
    this.#hertz = frequency;
  }

  start(): void {
    notes.push(this.#hertz);
  }

  stop(): void {}
}

class SilentGain extends SilentNode {
  readonly gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
}

class SilentContext {
  readonly currentTime = 0;
  readonly destination = {};

  async resume(): Promise<void> {}
}

/** Web Audio, which the tests' environment does not have: it writes down what would sound. */
export function installSilentAudio(): void {
  Object.assign(globalThis, {
    AudioContext: SilentContext,
    OscillatorNode: SilentOscillator,
    GainNode: SilentGain,
  });
}
