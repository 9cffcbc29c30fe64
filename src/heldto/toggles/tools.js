// A table as CSV: for notebook and handout.

/**
 * The rows of a table that are shown, as CSV; figures without the commas of their thousands, and with
 * a hyphen for a minus sign.
 */
export function csv(table) {
  const plain = (text) =>
    text
      .trim()
      .replace(/^\u2212(?=\d)/, "-")
      .replace(/^-?\d{1,3}(,\d{3})+(\.\d+)?$/, (number) => number.replaceAll(",", ""));
  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return (
    [...table.querySelectorAll("tr")]
      .filter((row) => row.getClientRects().length)
      .map((row) => [...row.cells].map((cell) => quoted(plain(cell.textContent))).join())
      .join("\n") + "\n"
  );
}
