// A reader's line as a QR code: capitals, digits and hyphens, correction of level L, mask 0; at most
// 154 letters (version 5), so that there is one block to correct. ISO/IEC 18004.

const CODE_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:",
  HELD = [19, 34, 55, 80, 108], // bytes of data by version, and those that correct them
  CORRECTING = [7, 10, 15, 20, 26],
  FORMAT = 0b111011111000100; // level L, mask 0

/** Rows of dark (true) and light modules; nothing where the text is too long. */
export function codeOf(text) {
  const at = HELD.findIndex((bytes) => bitsOf(text).length <= 8 * bytes);
  if (at < 0) return undefined;
  const data = filled(bitsOf(text), HELD[at]),
    grid = frame(at + 1);
  spread(grid, [...data, ...correction(data, CORRECTING[at])]);
  return grid.map((row) => row.map(Boolean));
}

function bitsOf(text) {
  const written = (number, width) => number.toString(2).padStart(width, "0"),
    values = [...text].map((letter) => CODE_LETTERS.indexOf(letter));
  let bits = `0010${written(values.length, 9)}`;
  for (let at = 0; at < values.length; at += 2)
    bits +=
      at + 1 < values.length
        ? written(45 * values[at] + values[at + 1], 11)
        : written(values[at], 6);
  return bits;
}

function filled(bits, bytes) {
  const padded = bits.padEnd(Math.min(bits.length + 4, 8 * bytes), "0"),
    data = padded.match(/.{1,8}/g).map((one) => parseInt(one.padEnd(8, "0"), 2));
  for (let at = 0; data.length < bytes; at++) data.push(at % 2 ? 0x11 : 0xec);
  return data;
}

/** The bytes that correct some data: Reed-Solomon over 256 numbers. */
function correction(data, count) {
  const times = (one, other) => {
    let product = 0;
    for (let bit = 7; bit >= 0; bit--) {
      product = (product << 1) ^ ((product >> 7) * 0x11d);
      if ((other >> bit) & 1) product ^= one;
    }
    return product;
  };
  let divisor = [1];
  for (let at = 0, root = 1; at < count; at++, root = times(root, 2))
    divisor = [...divisor, 0].map((one, place) => one ^ (place && times(divisor[place - 1], root)));
  const rest = [...data, ...Array(count).fill(0)];
  data.forEach((_, at) => {
    const factor = rest[at];
    divisor.forEach((one, place) => (rest[at + place] ^= times(one, factor)));
  });
  return rest.slice(data.length);
}

/** A grid with all that is not data: 1 dark, 0 light, -1 still free. */
function frame(version) {
  const size = 17 + 4 * version,
    grid = Array.from({ length: size }, () => Array(size).fill(-1));
  const put = (row, column, dark) => {
    if (row >= 0 && column >= 0 && row < size && column < size) grid[row][column] = Number(dark);
  };
  const square = (row, column, reach, dark) => {
    for (let down = -reach; down <= reach; down++)
      for (let right = -reach; right <= reach; right++)
        put(row + down, column + right, dark(Math.max(Math.abs(down), Math.abs(right))));
  };
  for (let at = 0; at < size; at++) {
    put(6, at, at % 2 === 0);
    put(at, 6, at % 2 === 0);
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ])
    square(row, column, 4, (far) => far !== 2 && far !== 4);
  if (version > 1) square(size - 7, size - 7, 2, (far) => far !== 1);
  for (let bit = 0; bit < 15; bit++) {
    const dark = (FORMAT >> bit) & 1;
    put(bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit, 8, dark);
    put(8, bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit, dark);
  }
  put(size - 8, 8, 1);
  return grid;
}

/** Puts bytes into the free places, two columns at a time, up and down from the right. */
function spread(grid, bytes) {
  const size = grid.length;
  let bit = 0;
  for (let pair = size - 1; pair > 0; pair -= 2) {
    if (pair === 6) pair = 5; // the column of the clock
    for (let step = 0; step < size; step++) {
      const row = ((pair + 1) & 2) === 0 ? size - 1 - step : step;
      for (const column of [pair, pair - 1]) {
        if (grid[row][column] !== -1) continue;
        const dark = (bytes[bit >> 3] >> (7 - (bit & 7))) & 1;
        grid[row][column] = dark ^ Number((row + column) % 2 === 0);
        bit++;
      }
    }
  }
}
