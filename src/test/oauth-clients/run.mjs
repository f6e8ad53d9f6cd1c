import { conclude } from "./check.mjs";
import { stopAll } from "./processes.mjs";

try {
  // The processes start now, and are there when their clients are checked.
  const gateways = await import("./gateways.mjs");
  const spring = await import("./spring.mjs");
  const python = await import("./python.mjs");
  const npm = await import("./npm.mjs");
  await Promise.all([
    gateways.default(),
    (async () => {
      await npm.default();
      await python.default();
      await spring.default();
    })(),
  ]);
} finally {
  stopAll();
}
process.exit(conclude() ? 0 : 1);
