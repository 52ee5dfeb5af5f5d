// What a browser test imports: a server, people, and nothing that waits blindly.
export { APP, startServer } from "./server.mjs";
export { LAPTOP, PHONE, SHOTS, person } from "./person.mjs";
