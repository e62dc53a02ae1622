// SPDX-License-Identifier: Apache-2.0
/** Locks and channels of a browser with several tabs, each of which can be killed or frozen at any moment. */
import type { Channel, Surroundings } from '../surroundings.js';

interface Request {
  readonly tab: WorldTab;
  readonly name: string;
  readonly grant: (lock: Lock | null) => Promise<unknown> | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class World {
  readonly tabs = new Set<WorldTab>();
  held: Request | null = null;
  pending: Request[] = [];

  tab(): WorldTab {
    const tab = new WorldTab(this);
    this.tabs.add(tab);
    return tab;
  }

  free(request: Request): void {
    if (this.held !== request) return;
    this.held = null;
    const next = this.pending.shift();
    if (next) this.give(next);
  }

  give(request: Request): void {
    this.held = request;
    void request.tab
      .awake()
      .then(() => request.grant({ name: request.name, mode: 'exclusive' }))
      .then((value) => {
        this.free(request);
        request.resolve(value);
      }, request.reject);
  }
}

export class WorldTab {
  readonly #world: World;
  readonly #channels = new Set<WorldChannel>();
  isDead = false;
  #awake: Promise<void> = Promise.resolve();
  #wake: (() => void) | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  surroundings({ tickMs = 20, patience = 4 } = {}): Surroundings {
    return {
      locks: this.#locks() as unknown as Surroundings['locks'],
      channel: () => this.#channel(),
      tickMs,
      patience,
    };
  }

  /** A frozen tab holds its lock, even one that it is given while it is frozen, and hears and says nothing. */
  get isFrozen(): boolean {
    return this.#wake !== null;
  }

  set isFrozen(isFrozen: boolean) {
    if (isFrozen === this.isFrozen) return;
    this.#wake?.();
    this.#wake = null;
    if (!isFrozen) return;
    this.#awake = new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** What the browser has for a frozen tab it hears when it wakes, in order; one that is killed meanwhile never. */
  awake(): Promise<void> {
    return this.#awake;
  }

  /** As a browser ends a tab: its locks are freed, nothing more is heard of it. */
  kill(): void {
    this.isDead = true;
    this.#world.tabs.delete(this);
    this.#channels.clear();
    this.#world.pending = this.#world.pending.filter(({ tab }) => tab !== this);
    if (this.#world.held?.tab === this) this.#world.free(this.#world.held);
  }

  hear(data: unknown, from: WorldChannel): void {
    if (this.isDead || this.isFrozen) return;
    for (const channel of this.#channels)
      if (channel !== from) channel.onmessage?.({ data: structuredClone(data) } as MessageEvent);
  }

  #channel(): Channel {
    const channel = new WorldChannel((message) => {
      if (this.isDead || this.isFrozen) return;
      const data = structuredClone(message);
      for (const tab of this.#world.tabs) setTimeout(() => tab.hear(data, channel), 1);
    });
    channel.onClose = () => this.#channels.delete(channel);
    this.#channels.add(channel);
    return channel;
  }

  #locks() {
    const world = this.#world;
    return {
      request: (name: string, options: LockOptions, grant: Request['grant']) =>
        new Promise((resolve, reject) => {
          // What is left of a tab that was killed asks for nothing.
          if (this.isDead) return;
          const request = { tab: this, name, grant, resolve, reject };
          if (options.steal && world.held) {
            const { tab, reject: lose } = world.held;
            void tab.awake().then(() => lose(new DOMException('stolen', 'AbortError')));
            world.give(request);
          } else if (!world.held) world.give(request);
          else if (options.ifAvailable) resolve(grant(null));
          else {
            world.pending.push(request);
            options.signal?.addEventListener('abort', () => {
              world.pending = world.pending.filter((other) => other !== request);
              reject(new DOMException('aborted', 'AbortError'));
            });
          }
        }),
      query: async () => {
        // The browser answers after all that it had to say before.
        await new Promise((resolve) => setTimeout(resolve, 2));
        await this.awake();
        return { held: world.held ? [world.held] : [], pending: world.pending };
      },
    };
  }
}

class WorldChannel implements Channel {
  onmessage: Channel['onmessage'] = null;
  onClose: () => void = () => {};
  readonly postMessage: (message: unknown) => void;

  constructor(post: (message: unknown) => void) {
    this.postMessage = post;
  }

  close(): void {
    this.onmessage = null;
    this.onClose();
  }
}
