/**
 * An object of the double that fails, naming itself, when the shell uses what it does not have:
 * better than a quiet `undefined` far from its cause.
 */
export function strict<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, property, receiver) {
      if (typeof property === 'string' && property !== 'then' && !(property in target)) {
        throw new Error(`The double of Electron has no ${name}.${property}: add it.`);
      }
      const value: unknown = Reflect.get(target, property, target);
      // Private fields belong to the target, not to the proxy.
      return typeof value === 'function' && !/^class\b/.test(String(value))
        ? (...args: unknown[]) => {
            const result: unknown = Reflect.apply(value, target, args);
            return result === target ? receiver : result;
          }
        : value;
    },
  });
}
