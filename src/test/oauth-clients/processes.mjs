// Clients that are processes of their own.
import { spawn } from "node:child_process";
import { createServer, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const started = new Set();

/** Starts it; its promise is that it listens on the port. */
export function start(port, command, args, variables = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...variables }, stdio: ["ignore", "pipe", "pipe"] });
  started.add(child);
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  child.on("error", (error) => (output += error));
  const ready = listens(port, child).catch((error) => {
    throw new Error(`${command} ${args.join(" ")}: ${error.message}\n${output}`);
  });
  // A failure is told where the process is awaited.
  ready.catch(() => {});
  return { ready, output: () => output };
}

async function listens(port, child) {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new Error("has ended");
    }
    if (await accepts(port)) {
      return;
    }
    await sleep(100);
  }
  throw new Error(`does not listen on ${port}`);
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true) || socket.destroy());
    socket.on("error", () => resolve(false));
  });
}

export function stopAll() {
  started.forEach((child) => child.kill("SIGTERM"));
}

/** A port that nothing listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
