// What a script makes: an element of a page, and a file among the downloads.

/** Makes an element with these attributes and a text, at the end of its parent if it has one. */
export function element(tag, parent, attributes = {}, text = "") {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(text);
  parent?.append(made);
  return made;
}

/** Has the browser save a Blob as a file. */
export function saveFile(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Has the browser save a text as a file. */
export const save = (text, name, type = "text/plain") =>
  saveFile(new Blob([text], { type: `${type};charset=utf-8` }), name);
