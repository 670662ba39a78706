import { createNativeParser } from "./native-parser.ts";
import type { PythonParser } from "./syntax-arrays.ts";

/** The native parser where it loads, its WebAssembly build elsewhere. */
export async function chooseParser(preferred?: PythonParser["name"]): Promise<PythonParser> {
  const native = preferred === "wasm" ? undefined : createNativeParser();
  if (native !== undefined) return native;
  const { createWasmParser } = await import("./wasm-parser.ts");
  return createWasmParser();
}
