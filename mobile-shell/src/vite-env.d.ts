/// <reference types="vite/client" />

/** Which build this is: set by the build, for the update tests. Never personal. */
declare const __BUILD__: string;

/** SHA-256 of the core's WebAssembly that this build was made with, in lower-case hex; empty without one. */
declare const __CORE_SHA256__: string;
/** The same of its hearing half. */
declare const __HEARING_SHA256__: string;
