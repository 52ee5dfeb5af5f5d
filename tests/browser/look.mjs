// Looking at a page in both colours, for tests.

/** Checks the page that somebody sees for accessibility and takes its picture, in light and in dark. */
export async function look(someone, name) {
  for (const colorScheme of ["light", "dark"]) {
    await someone.page.emulateMedia({ colorScheme });
    await someone.accessible(`${name}, ${colorScheme}`);
    await someone.shot(`${name}-${colorScheme}`, { fullPage: true });
  }
  await someone.page.emulateMedia({ colorScheme: "light" });
}
