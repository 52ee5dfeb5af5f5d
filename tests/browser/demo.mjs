// The demo's firm with the household that has everything to do, for tests and pictures.
import { LAPTOP, person, startServer } from "./harness.mjs";

/** A server with the demo, and its one-time links. Options: app (another build). */
export async function demo(t, options = {}) {
  const server = await startServer(t, { ...options, flags: ["--demo"] });
  const [, advisor] = await server.line(/^demo advisor: (\S+)/);
  const [, marieke] = await server.line(/^demo client: (\S+)/);
  const after = server.lines.findIndex((line) => line.includes(marieke)) + 1;
  const [, thomas] = await server.line(/^demo client: (\S+)/, after);
  return { server, links: { advisor, marieke, thomas } };
}

/** Follows a client's link as far as the form. */
export async function follow(someone, link, userName) {
  await someone.page.goto(link);
  await someone.page.getByLabel("Uw gebruikersnaam").fill(userName);
}

/** Makes the passkey, and waits for the list of tasks. */
export async function enter({ page }) {
  await page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
  await page.getByRole("link", { name: "Bekijk uw aangifte" }).waitFor();
}

/** Opens a device of a client of the demo, at the overview. */
export async function client(t, { server, links }, name = "marieke", options = {}) {
  const someone = await person(t, server, { name, ...options });
  await follow(someone, links[name], name);
  await enter(someone);
  return someone;
}

/** Opens a device of the advisor of the demo, at the dashboard. */
export async function advisor(t, { server, links }) {
  const sanne = await person(t, server, { name: "sanne", device: LAPTOP });
  await sanne.page.goto(links.advisor);
  await sanne.page.getByLabel("Gebruikersnaam").fill("sanne");
  await sanne.page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await sanne.page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
  return sanne;
}
