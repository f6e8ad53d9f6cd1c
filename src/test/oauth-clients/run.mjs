import { conclude } from "./check.mjs";

await import("./npm.mjs");
process.exit(conclude() ? 0 : 1);
