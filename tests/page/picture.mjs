// The picture in README.md: the head of the page on the fixtures' three visits, as a browser shows it.

import path from "node:path";
import { chromium } from "playwright-core";
import * as material from "./material.mjs";

const file = material.series();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const page = await browser.newPage({ viewport: { width: 1040, height: 900 }, colorScheme: "light" });
await page.goto(`file://${file}`);
// As far down as the rows of the core themes.
const end = await page.locator("table.matrix tbody tr").nth(3).boundingBox();
const picture = path.join(process.env.ROOT, "docs/report.png");
await page.screenshot({ path: picture, fullPage: true, clip: { x: 0, y: 0, width: 1040, height: Math.ceil(end.y + end.height) + 1 } });
await browser.close();
console.log(picture);
