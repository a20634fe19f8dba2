/**
 * Something that is built when it is first asked for, and once per environment. Mark each use at the top of a module
 * as pure, so that a bundle leaves out what its function does not use.
 */
export function once<Value>(build: () => Value): () => Value {
  let built: { readonly value: Value } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}
