// The way to what handles papers, which is loaded when it is first needed. The service worker keeps it, so that this
// works without a network.
const papers = () => import("/papers.js");

export const preparePage = async (bytes, type) => (await papers()).prepare(bytes, type);
export const turnPage = async (page) => (await papers()).turn(page);
export const bindPages = async (pages) => (await papers()).bind(pages);
