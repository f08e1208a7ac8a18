/** Size of everything, where nothing is laid out. */
const SIZE = 100;

/** What the graph's library asks of a browser and jsdom lacks. */
export function mockCanvas(): void {
  class ResizeObserver {
    readonly #callback: ResizeObserverCallback;

    constructor(callback: ResizeObserverCallback) {
      this.#callback = callback;
    }

    observe(target: Element) {
      const contentRect = new DOMRect(0, 0, SIZE, SIZE);
      const size = [{ blockSize: SIZE, inlineSize: SIZE }];
      this.#callback(
        [
          {
            target,
            contentRect,
            borderBoxSize: size,
            contentBoxSize: size,
            devicePixelContentBoxSize: size,
          },
        ],
        this,
      );
    }

    unobserve() {}

    disconnect() {}
  }

  class DOMMatrixReadOnly {
    readonly m22: number;

    constructor(transform?: string) {
      const scale = transform?.match(/scale\(([\d.]+)\)/)?.[1];
      this.m22 = scale === undefined ? 1 : Number(scale);
    }
  }

  Object.defineProperties(globalThis, {
    ResizeObserver: { value: ResizeObserver, configurable: true },
    DOMMatrixReadOnly: { value: DOMMatrixReadOnly, configurable: true },
  });
  Object.defineProperties(HTMLElement.prototype, {
    offsetHeight: { get: () => SIZE, configurable: true },
    offsetWidth: { get: () => SIZE, configurable: true },
  });
  Object.defineProperty(SVGElement.prototype, 'getBBox', {
    value: () => new DOMRect(),
    configurable: true,
  });
}
