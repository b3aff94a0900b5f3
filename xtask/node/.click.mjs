import { chromium } from "playwright-core";
import { answerAll } from "../../tests/browser/person.mjs";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu","--disable-quic"] });
const page = await b.newPage({ viewport: { width: 390, height: 844 } });
page.on('pageerror',e=>console.log('ERR',e.message));
await page.clock.setFixedTime(new Date("2024-06-01T10:00:00"));
await page.goto("http://127.0.0.1:8199/citizen/");
const asked = await answerAll(page, [
 [/^place$/, { area: ["张店", "370303"] }], [/^topics$/, { topics: [] }],
 [/^members$/, { members: [["self","1940年5月1日"]] }],
 [/^standing$/, { choose: "destitute-support" }],
 [/registeredSettlement$/, { choose: "rural" }],
 [/land|receiving|illness/, { ticks: [] }],
 [/^expenses$/, { none: true }],
], {}).catch(e=>{console.log(e.message.slice(0,500)); return []});
console.log(asked.join('\n'));
await page.screenshot({ path: "/tmp/p1.png", fullPage: true });
console.log(await page.evaluate(()=>document.querySelector("huisuan-check").shadowRoot.querySelector("[data-result], form").innerText.slice(0,3000)));
await b.close();
