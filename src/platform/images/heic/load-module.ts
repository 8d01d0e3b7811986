import module from "libheif-js/libheif-wasm/libheif.wasm";

/** libheif as the Worker's bundle carries it: compiled when it was uploaded. */
export default module;
