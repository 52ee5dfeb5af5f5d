// Everything that a browser test imports: a server, people, and nothing that waits blindly.
export { APP, BINARY, startServer } from "./server.mjs";
export { LAPTOP, PHONE, SHOTS, person } from "./person.mjs";

/** Whether there is time for what is too long for every day (`cargo xtask test --nightly`). */
export const NIGHTLY = process.env.TEST_NIGHTLY === "1";

/** Runs `work` for a script that is no test. Whatever it starts ends with it, even if it fails. */
export async function scope(work) {
  const ends = [];
  try {
    return await work({ after: (end) => ends.push(end) });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
