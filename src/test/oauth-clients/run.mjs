import { conclude } from "./check.mjs";
import { stopAll } from "./processes.mjs";

try {
  // These start while the others are checked.
  const python = await import("./python.mjs");
  await import("./npm.mjs");
  await python.default();
} finally {
  stopAll();
}
process.exit(conclude() ? 0 : 1);
