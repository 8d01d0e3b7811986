import module from "./write-block.wasm";

/**
 * What pdfium writes through: (module (import "host" "write" (func (param i32 i32 i32) (result i32)))
 * (export "write" (func 0))). A wasm table takes wasm functions alone, and none may be compiled where a Worker runs.
 */
export default module;
