/** Scalar's settings: nothing is loaded from or told to another host. */
const SETTINGS = JSON.stringify({
  url: "/v1/openapi.json",
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  authentication: { preferredSecurityScheme: "apiKey" },
  agent: { disabled: true },
  mcp: { disabled: true },
});

/** The API reference. Its script is a copy of Scalar's own build, served by this host. */
export const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Docket API</title>
<link rel="icon" href="/favicon.svg">
</head>
<body>
<script id="api-reference" data-configuration="${SETTINGS.replaceAll('"', "&quot;")}"></script>
<script src="/vendor/scalar/standalone.js"></script>
</body>
</html>
`;

/** Scripts, styles and calls of this host alone. Scalar sets styles inline. */
export const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'";
