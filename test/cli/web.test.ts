import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from "vitest";
import { homeAt } from "../../src/cli/local/folders.ts";
import { startPrivate } from "../../src/cli/local/start.ts";
import type { LocalServer } from "../../src/cli/local/start.ts";
import type { Evidence } from "../../src/model/extraction.ts";
import { makeSampleInvoice } from "../../src/web/static/app/sample.js";

const END_TIMEOUT_MS = 60_000;
const BROWSERS = [
  process.env["CHROMIUM_PATH"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let folder: string;
let server: LocalServer;
let browser: Browser;
let page: Page;
let requested: string[];
let complaints: string[];

function findChromium(): string {
  const found = BROWSERS.find((path) => path !== "" && existsSync(path));
  if (found === undefined) {
    throw new Error(
      "The page is tested in a real browser and no Chromium was found. Install one (apt-get install chromium) or set CHROMIUM_PATH.",
    );
  }
  return found;
}

beforeAll(async () => {
  const executablePath = findChromium();
  folder = await mkdtemp(join(tmpdir(), "docket-web-"));
  server = await startPrivate({ home: homeAt(folder), vars: {}, onLine: () => undefined });
  browser = await chromium.launch({ executablePath, args: ARGUMENTS });
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  requested = [];
  complaints = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("websocket", (socket) => requested.push(socket.url()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (line) => {
    if (line.text().includes("Content Security Policy")) complaints.push(line.text());
  });
  await page.goto(server.url);
  await page.locator("#drop-zone").waitFor();
});

afterEach(async () => {
  await page.close();
});

/** Drops a file on the page, as a hand would. */
async function drop(name: string, type: string, bytes: Uint8Array): Promise<void> {
  const base64 = Buffer.from(bytes).toString("base64");
  await page.evaluate(
    ([name, type, base64]) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([content], name, { type }));
      const target = document.querySelector("#drop-zone") ?? document.body;
      target.dispatchEvent(
        new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
    },
    [name, type, base64] as const,
  );
}

async function dropSample(name = "sample-invoice.pdf"): Promise<void> {
  const file = makeSampleInvoice();
  await drop(name, file.type, new Uint8Array(await file.arrayBuffer()));
}

async function dropText(name: string, text: string): Promise<void> {
  await drop(name, "text/plain", new TextEncoder().encode(text));
}

/** What the API itself says of the document that the page shows. */
async function fetchEvidence(): Promise<Record<string, Evidence>> {
  const id = /doc_[0-9a-f_]+/.exec(page.url())?.[0];
  const response = await fetch(`${server.url}/v1/documents/${id}/result`, {
    headers: { authorization: `Bearer ${server.tenant.key}` },
  });
  expect(response.status).toBe(200);
  const result = (await response.json()) as { evidence: Record<string, Evidence> };
  return result.evidence;
}

async function waitForResult(): Promise<void> {
  await page.locator(".review").waitFor({ timeout: END_TIMEOUT_MS });
}

describe("the page", () => {
  it("shows a dropped PDF with a box at the place of every cited value", async () => {
    await dropSample();
    await waitForResult();
    await page.locator(".page img").waitFor();
    const evidence = await fetchEvidence();
    const cited = Object.entries(evidence).flatMap(([path, { citations }]) =>
      citations.filter((citation) => citation.page === 1).map(({ bbox }) => ({ path, bbox })),
    );
    expect(cited.length).toBeGreaterThan(8);
    expect(await page.locator(".page .box").count()).toBe(cited.length);

    const frame = await page.locator(".page img").boundingBox();
    if (!frame) throw new Error("the page has no picture");
    expect(frame.height).toBeGreaterThan(400);
    const total = cited.find(({ path }) => path === "/total");
    const box = await page.locator('.box[data-path="/total"]').first().boundingBox();
    if (!total || !box) throw new Error("the total has no box");
    const [x0, y0, x1, y1] = total.bbox ?? [0, 0, 0, 0];
    // A box stands two pixels off its value on every side.
    expect(Math.abs(box.x + 2 - (frame.x + x0 * frame.width))).toBeLessThan(1.5);
    expect(Math.abs(box.y + 2 - (frame.y + y0 * frame.height))).toBeLessThan(1.5);
    expect(Math.abs(box.width - 4 - (x1 - x0) * frame.width)).toBeLessThan(1.5);
    expect(Math.abs(box.height - 4 - (y1 - y0) * frame.height)).toBeLessThan(1.5);
    expect(complaints).toEqual([]);
  });

  it("lights a value's box from its row, and its row from its box", async () => {
    await dropSample("lit.pdf");
    await waitForResult();
    const row = page.locator('.field[data-path="/total"]');
    const box = page.locator('.box[data-path="/total"]').first();
    await box.waitFor();
    expect(await page.locator(".box.is-lit").count()).toBe(0);

    await row.hover();
    await page.locator('.box.is-lit[data-path="/total"]').first().waitFor();
    expect(await page.locator('.box.is-lit:not([data-path="/total"])').count()).toBe(0);
    expect(await page.locator(".box-caption").textContent()).toContain("Total");

    await page.mouse.move(2, 2);
    await page.locator(".box.is-lit").waitFor({ state: "detached" });
    const number = page.locator('.box[data-path="/invoice_number"]').first();
    await number.hover();
    await page.locator('.field.is-lit[data-path="/invoice_number"]').waitFor();
    expect(await page.locator(".panel .is-lit").count()).toBe(1);

    await page.mouse.move(2, 2);
    await row.focus();
    await page.locator('.box.is-lit[data-path="/total"]').first().waitFor();
    await page.keyboard.press("Enter");
    expect(await row.locator(".field-detail").isVisible()).toBe(true);
    expect(await row.locator(".field-detail").textContent()).toContain("page 1");
  });

  it("tells every event in order, live, and keeps the key out of every address", async () => {
    await dropSample("events.pdf");
    await waitForResult();
    await page.locator("#tab-events").click();
    await page
      .locator('.event-log li[data-kind="completed"], .event-log li[data-kind="partial"]')
      .waitFor({ timeout: END_TIMEOUT_MS });
    const numbers = await page.locator(".event-seq").allTextContents();
    expect(numbers.length).toBeGreaterThan(1);
    expect(numbers.map(Number)).toEqual(numbers.map((_, index) => index + 1));
    expect(requested.some((url) => url.includes("/live?ticket="))).toBe(true);
    expect(requested.filter((url) => url.includes(server.tenant.key))).toEqual([]);
  });

  it("shows a text with the cited words marked, and nothing of it as markup", async () => {
    const text =
      "Northwind Office Supplies\n<img src=x onerror=alert(1)>\nInvoice No: INV-20931\nInvoice date: 2026-03-04\n\nSubtotal 100.00\nTax 20% 20.00\nTotal EUR 120.00\n";
    await dropText("<b>order.txt", text);
    await waitForResult();
    await page.locator(".text-page mark").first().waitFor();
    expect(await page.locator(".text-page").textContent()).toContain("<img src=x onerror=alert(1)>");
    expect(await page.locator(".text-page img, h1 b").count()).toBe(0);
    expect(await page.locator("h1").textContent()).toBe("<b>order.txt");
    const mark = page.locator('.text-page mark[data-path="/invoice_number"]');
    expect(await mark.textContent()).toBe("INV-20931");
    await page.locator('.field[data-path="/invoice_number"]').hover();
    await page.locator('.text-page mark.is-lit[data-path="/invoice_number"]').waitFor();
    expect(complaints).toEqual([]);
  });

  it("says what is wrong with a file that cannot be read, and what to do", async () => {
    await drop("broken.pdf", "application/pdf", new TextEncoder().encode("%PDF-1.7\n1 0 obj\n<<"));
    const notice = page.locator(".notice");
    await notice.waitFor({ timeout: END_TIMEOUT_MS });
    expect((await notice.locator("p").first().textContent())?.length).toBeGreaterThan(20);
    await page.goto(server.url);
    await page.locator("#drop-zone").waitFor();
    await drop("empty.pdf", "application/pdf", new Uint8Array());
    await page.locator(".problems .notice").waitFor();
    expect(await page.locator(".problems").textContent()).toContain("empty.pdf");
  });

  it("opens an earlier document again from the list", async () => {
    await dropSample("again.pdf");
    await waitForResult();
    await page.goto(`${server.url}/#/`);
    await page.locator('.recent-list a:has-text("again.pdf")').first().click();
    await waitForResult();
    await page.locator(".page .box").first().waitFor();
    expect(await page.locator("h1").textContent()).toBe("again.pdf");
  });

  it("gives every control a name and fits a phone", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await dropSample("phone.pdf");
    await waitForResult();
    await page.locator(".page .box").first().waitFor();
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll("button, a, input:not([type=file]), select")]
        .filter((node) => !(node.getAttribute("aria-label") ?? node.textContent)?.trim())
        .map((node) => node.outerHTML),
    );
    expect(nameless).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  it("is sent with a policy that runs no script but its own", async () => {
    const response = await fetch(server.url);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=/);
  });
});
