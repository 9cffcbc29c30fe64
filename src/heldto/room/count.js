// What a room said, claim by claim: the twin of heldto/room/count.py. A count is {said: [of each
// verdict], sure, sureAt: [of each verdict], loose: how many of the sure said nobody knows what}; sure
// is 80 % or more.

import { letterMeaning } from "../exercises/line.js";

const SURE = 3; // the band of confidence

export const emptyCount = () => ({ said: [0, 0, 0, 0], sure: 0, sureAt: [0, 0, 0, 0], loose: 0 });

export const answersIn = ({ said }) => said.reduce((sum, one) => sum + one, 0);

/** {claim: {round: count}} of readers {guesses: {claim: value}, round}. */
export function counted(readers) {
  const found = {};
  for (const { guesses, round } of readers)
    for (const [claim, value] of Object.entries(guesses)) {
      const count = ((found[claim] ??= {})[round] ??= emptyCount()),
        { at, band } = letterMeaning(value);
      count.said[at]++;
      if (band === SURE) {
        count.sure++;
        count.sureAt[at]++;
      }
    }
  return found;
}

/** Several counts of one claim and round as one. */
export function together(...counts) {
  const sum = emptyCount();
  for (const one of counts.filter(Boolean)) {
    one.said.forEach((number, at) => (sum.said[at] += number));
    one.sureAt.forEach((number, at) => (sum.sureAt[at] += number));
    sum.sure += one.sure;
    sum.loose += one.loose;
  }
  return sum;
}

/**
 * Rows of {claim, text, round, count, computed} with what divides the room most first; those that
 * few answered are marked, and come last.
 */
export function divided(rows) {
  const most = Math.max(0, ...rows.map((row) => answersIn(row.count))),
    share = ({ count }) => Math.max(...count.said) / answersIn(count);
  return rows
    .map((row) => ({ ...row, few: answersIn(row.count) < most / 2 }))
    .sort((one, other) => Number(one.few) - Number(other.few) || share(one) - share(other));
}

/** How many agree with the computed verdict, were sure and wrong, and would agree by lot. */
export function against(count, computed, verdicts) {
  const at = verdicts.indexOf(computed);
  if (at < 0) return undefined;
  return {
    agree: count.said[at],
    wrong: count.sure - count.loose - count.sureAt[at],
    lot: answersIn(count) / verdicts.length,
  };
}

/** The rows as a table, by lot with two decimals. */
export function toCsv(rows, verdicts) {
  const quoted = (one) => (/[",\n]/.test(`${one}`) ? `"${one.replaceAll('"', '""')}"` : `${one}`),
    head = ["claim", "text", "round", "readers", ...verdicts, "sure", "computed", "agree"];
  const lines = rows.map(({ claim, text, round, count, computed }) => {
    const told = against(count, computed, verdicts),
      ruled = told ? [told.agree, told.wrong, told.lot.toFixed(2)] : ["", "", ""],
      cells = [claim, text, round, answersIn(count), ...count.said, count.sure, computed];
    return [...cells, ...ruled].map(quoted).join();
  });
  return `${[[...head, "sure_and_wrong", "by_lot"].join(), ...lines].join("\n")}\n`;
}
