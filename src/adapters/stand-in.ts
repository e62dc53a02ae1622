// SPDX-License-Identifier: Apache-2.0

type Method = (...args: never[]) => unknown;

/**
 * An object that behaves as `target` in all but some methods. The target does not change; its other methods, getters and
 * setters run on the target itself, so that what it calls inside is not watched, and private fields work.
 * @param call stands for calling a target that is a function
 */
export function standIn<T extends object>(
  target: T,
  methods: ReadonlyMap<PropertyKey, Method>,
  call?: (self: unknown, args: readonly unknown[]) => unknown,
): T {
  /** A method keeps its identity: the same one each time it is asked for. */
  const bound = new WeakMap<Method, Method>();
  let front: object | null = null;
  const proxy: T = new Proxy(target, {
    get(_, key) {
      const replaced = methods.get(key);
      if (replaced !== undefined && !(Object.hasOwn(target, key) && isFixed(target, key))) return replaced;
      const value = Reflect.get(target, key, target) as unknown;
      if (typeof value !== 'function' || key === 'constructor' || isFixed(target, key)) return value;
      // call, apply and bind of a function are about the stand-in.
      if (Object.hasOwn(Function.prototype, key)) return value;
      const method = value as Method;
      let own = bound.get(method);
      if (own === undefined) {
        own = function (this: unknown, ...args: never[]) {
          return method.apply(this === proxy || this === front ? target : this, args);
        } as Method;
        bound.set(method, own);
      }
      return own;
    },
    set(_, key, value) {
      return Reflect.set(target, key, value, target);
    },
    ...(call && { apply: (_: T, self: unknown, args: unknown[]) => call(self, args) }),
  });
  if (call !== undefined) return proxy;
  // A method that is asked for through a proxy costs a microsecond in each call: those that are watched stand before it.
  front = Object.create(proxy, {}) as T;
  for (const [key, method] of methods)
    Object.defineProperty(front, key, {
      get: () => method,
      set: (value: unknown) => void Reflect.set(target, key, value, target),
      configurable: true,
    });
  return front as T;
}

/** A proxy must give the very value of a property that can neither change nor be redefined. */
function isFixed(target: object, key: PropertyKey): boolean {
  const own = Reflect.getOwnPropertyDescriptor(target, key);
  return own !== undefined && !own.configurable && own.writable === false;
}
