// Phone verification with the types that openapi-typescript generates.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths } from "./types.js";
import { codeOf, key, later, newNumber, url, wrong } from "./phone.js";

const kriya = createClient<paths>({ baseUrl: url });

const number = newNumber();
const registered = await kriya.POST("/api/auth/register", {
  body: { phone_number: number, first_name: "Ada" },
  params: { header: { "Accept-Language": "es", "Idempotency-Key": crypto.randomUUID() } },
});
assert(registered.data?.message === "Verification code sent");
// Only one of the two response types has it, and the compiler has narrowed it down by now.
const { id: verification_id, resend_at } = registered.data.verification;

const early = await kriya.POST("/api/auth/verify/resend", { body: { verification_id } });
assert.equal(early.error?.code, "resend_too_early");
assert(early.error.retry_at);
await later(number);
const resent = await kriya.POST("/api/auth/verify/resend", { body: { verification_id } });
assert(resent.data);
assert(new Date(resent.data.verification.resend_at) > new Date(resend_at));

const code = await codeOf(number);
const refused = await kriya.POST("/api/auth/verify", { body: { verification_id, code: wrong(code) } });
assert.equal(refused.error?.code, "wrong_code");
assert.equal(refused.error.attempts_left, 4);
const verified = await kriya.POST("/api/auth/verify", { body: { verification_id, code } });
assert(verified.data);
const { token, user, expires_at } = verified.data;
assert(new Date(expires_at) > new Date());

const plane = { "X-API-Key": key };
const valid = await kriya.POST("/api/auth/validate-token", { body: { token }, headers: plane });
assert(valid.data?.valid);
assert.equal(valid.data.user?.phone_number, number);

const bearer = { Authorization: `Bearer ${token}` };
const person = await kriya.GET("/api/auth/user", { headers: bearer });
assert.deepEqual(person.data, user);
assert.equal(user.email, null);
const left = await kriya.DELETE("/api/auth/logout", { headers: bearer });
assert(left.data?.success);
const over = await kriya.POST("/api/auth/validate-token", { body: { token }, headers: plane });
assert(over.data && !over.data.valid);
assert.equal(over.data.user, null);
console.log("ok: openapi-typescript's types take a client through register, verify, validate and logout");
