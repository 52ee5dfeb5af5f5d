// The actions of people on a checklist and their documents, for tests and pictures.

/** Answers a yes/no question. */
export const choose = (page, question, answer) =>
  page.getByRole("group", { name: question }).getByRole("radio", { name: answer, exact: true }).check();

/** Waits until the app has shown what a press changed: a frame after the browser's own answer, at most ten times a second. */
export const drawn = (page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 12; frame++) await new Promise(requestAnimationFrame);
  });

/** Returns true if the device has changes that are not sent, or not merged with the others. */
export const hasChanges = (page) =>
  page.evaluate(async () => {
    const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await done(indexedDB.open("akkoord"));
    const keys = await done(database.transaction("entries").objectStore("entries").getAllKeys());
    database.close();
    return keys.some((key) => /\/(outbox|log)\//.test(key));
  });

/** Waits until the firm's server has confirmed the last change and the device has merged it with the rest. */
export async function settled(page) {
  while (!(await hasChanges(page)));
  while (await hasChanges(page));
}

/** Types an answer in the open section, and gives another one twice, which makes a document of another shape. */
export async function answerSome(page) {
  await page.getByRole("textbox").first().fill("465000");
  for (const answer of ["Nee", "Ja"]) await page.getByRole("radio", { name: answer, exact: true }).last().check();
}

/** Opens the checklist of the overview and goes to the section `title`. */
export async function openSection(page, title) {
  await page.goto("/");
  await page.locator('a[href*="/checklist/"]').first().click();
  await page.waitForURL("**/checklist/*");
  await page.getByText(/onderdeel \d+ van \d+/).or(page.getByRole("heading", { name: /Kloppen|nakijken|antwoorden/i })).first().waitFor();
  const [, task] = page.url().match(/taken\/([^/]+)\//);
  const section = { Persoonlijk: "persoonlijk", "Loon en uitkering": "inkomen", "Eigen woning": "woning", "Sparen en beleggen": "sparen", Aftrekposten: "aftrekposten" }[title];
  await page.goto(`/taken/${task}/checklist/${section}`);
  await page.getByText(/onderdeel \d+ van \d+/).filter({ hasText: title }).waitFor();
}

/** Makes a photograph of a document on a table, as a JPEG. */
export async function paperOnTable({ page }) {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 1200 });
    const draw = canvas.getContext("2d");
    draw.fillStyle = "#8a6f56";
    draw.fillRect(0, 0, 900, 1200);
    draw.translate(450, 600);
    draw.rotate(0.04);
    draw.fillStyle = "#f7f5f0";
    draw.fillRect(-350, -500, 700, 1000);
    draw.fillStyle = "#1f2a44";
    draw.font = "bold 44px sans-serif";
    draw.fillText("Jaaropgave 2025", -290, -400);
    draw.font = "26px sans-serif";
    for (const [i, line] of ["Gemeente Utrecht", "Loon voor de loonbelasting", "Ingehouden loonheffing", "Arbeidskorting"].entries()) {
      draw.fillText(line, -290, -320 + i * 60);
      if (i) draw.fillText(["", "€ 41.260", "€ 10.655", "€ 4.912"][i], 150, -320 + i * 60);
    }
    return canvas.toDataURL("image/jpeg", 0.9);
  });
  return Buffer.from(url.split(",")[1], "base64");
}

