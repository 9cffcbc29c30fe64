// Opens one page in a system Firefox, does what a reader does, and prints what was seen as JSON: node firefox.mjs BROWSER FILE-URL
import puppeteer from "puppeteer-core";

const [executablePath, url] = process.argv.slice(2);
const extraPrefsFirefox = { "security.fileuri.strict_origin_policy": true }; // Firefox's own default, which the driver would change
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, extraPrefsFirefox });
try {
  const page = await browser.newPage(), asked = [], faults = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
  await page.setViewport({ width: 1366, height: 768 });
  await page.goto(url);
  const look = (code) => page.evaluate((code) => [...new Set([...document.querySelectorAll(`.actorfig svg .a-${code}:not(.then)`)].map((one) => getComputedStyle(one).visibility))], code);
  const seen = { before: await look("RUS") };
  await page.click(".bar input[value=RUS]");
  seen.clicked = await look("RUS");
  seen.other = await look("CHN");
  seen.address = await page.evaluate(() => location.hash);
  await page.focus(".bar input[value=RUS]");
  await page.keyboard.press(" ");
  seen.keyed = await look("RUS");
  await page.click("form[data-claim=E1] input[value=partly]");
  await page.click("form[data-claim=E1] .record");
  await page.type("form[data-exercise=X1-number] input", "107,1");
  await page.click("form[data-exercise=X1-number] .check");
  seen.result = await page.$eval("form[data-exercise=X1-number] .result", (one) => one.textContent);
  await page.reload();
  seen.kept = await page.$eval("form[data-claim=E1] input[value=partly]", (one) => one.checked);
  const reckoning = () => page.$eval(".reckoning", (one) => one.textContent);
  await page.goto(new URL("reckoning.html", url).href);
  seen.apart = await reckoning();
  await page.goto(url);
  await page.waitForSelector("html.whole"); // what is laid out later moves what is clicked
  await Promise.all([page.waitForNavigation(), page.click("#cell-next a")]);
  seen.counted = await reckoning();
  seen.left = await page.evaluate(() => location.hash.replace("#", ""));
  await page.reload();
  seen.again = await reckoning();
  await page.goto("about:blank");
  await page.goto(`${url}#actors=CHN,USA`);
  seen.linked = [await look("RUS"), await look("USA")];
  await page.setViewport({ width: 320, height: 700 });
  seen.width = await page.evaluate(() => document.documentElement.scrollWidth);
  seen.asked = asked.filter((one) => !/^(file|about|data|blob):/.test(one));
  seen.faults = faults;
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}
