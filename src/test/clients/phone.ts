import assert from "node:assert/strict";

export const url = setting("KRIYA_URL");
export const key = setting("KRIYA_KEY");

const phones = setting("KRIYA_PHONES");

function setting(name: string): string {
  const value = process.env[name];
  assert(value, `${name} is not set`);
  return value;
}

/** A number that nobody has used. */
export function newNumber(): string {
  return `+1202${2_000_000 + Math.floor(Math.random() * 8_000_000)}`;
}

/** The code that came to a phone. */
export async function codeOf(number: string): Promise<string> {
  return (await fetch(`${phones}/${number}`)).text();
}

/** Waits until a code may be sent again. */
export async function later(number: string): Promise<void> {
  await fetch(`${phones}/${number}?later`);
}

export function wrong(code: string): string {
  return ((Number(code) + 1) % 1_000_000).toString().padStart(6, "0");
}
