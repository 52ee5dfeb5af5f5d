// The way to what makes one file of everything, which is loaded when somebody asks for it.
export const beginZip = async () => {
  const { Takeaway } = await import("/takeaway.js");
  return new Takeaway();
};
export const addToZip = (zip, path, bytes) => zip.add(path, bytes);
export const finishZip = (zip, page, name) => zip.finish(page, name);
