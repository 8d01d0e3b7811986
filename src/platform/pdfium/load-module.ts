import module from "@hyzyla/pdfium/pdfium.wasm";

/** pdfium as the Worker's bundle carries it: compiled when it was uploaded. */
export default module;
