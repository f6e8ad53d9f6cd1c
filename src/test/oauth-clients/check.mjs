// Each check is a sentence and what shows that it holds. They run one after another, each bounded in time.
const SECONDS = 30;

let passed = 0;
let failed = 0;

export async function check(sentence, body) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${SECONDS} seconds`)), SECONDS * 1_000);
  });
  try {
    await Promise.race([body(), late]);
    passed++;
    console.log(`ok: ${sentence}`);
  } catch (error) {
    failed++;
    console.log(`FAILED: ${sentence}\n${error.stack}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether all have passed. */
export function conclude() {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}
