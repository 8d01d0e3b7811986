import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vitest/config";

/**
 * Every module that was loaded goes to each test's isolate in one message of at most 32 MiB, its source map inside:
 * those of libraries would fill it.
 */
const withoutLibraryMaps: Plugin = {
  name: "without-library-maps",
  enforce: "post",
  transform: (code, id) => (id.includes("/node_modules/") ? { code, map: { mappings: "" } } : null),
};

/** Nothing of the network is reached; hosts such as `status-204.example` answer as their names say. */
function outside({ url }: Request): Response {
  const status = /^status-(\d{3})\.example$/.exec(new URL(url).hostname)?.[1];
  if (status === undefined) return new Response(`tests reach no network: ${url}`, { status: 599 });
  return new Response(null, { status: Number(status) });
}

const BROWSER_TEST = "test/cli/web.test.ts";

/** Tests that run inside workerd; in Node (the command line, the local platform); and in a browser, which needs one. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          withoutLibraryMaps,
          cloudflareTest(async () => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: { ENVIRONMENT: "test", TEST_MIGRATIONS: await readD1Migrations("./migrations") },
              outboundService: outside,
            },
          })),
        ],
        test: {
          name: "workerd",
          include: ["test/**/*.test.ts"],
          exclude: ["test/cli/**"],
          setupFiles: ["./test/apply-migrations.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "node",
          include: ["test/cli/**/*.test.ts"],
          exclude: [BROWSER_TEST],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: { name: "browser", include: [BROWSER_TEST], testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
