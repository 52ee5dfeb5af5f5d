// What a browser test imports: a server, people, and nothing that waits blindly.
export { APP, BINARY, startServer } from "./server.mjs";
export { LAPTOP, PHONE, SHOTS, person } from "./person.mjs";

/** For a script that is no test: what it starts ends with `work`, also when it fails. */
export async function scope(work) {
  const ends = [];
  try {
    return await work({ after: (end) => ends.push(end) });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
