export default {
  fetch: () => new Response("docket"),
} satisfies ExportedHandler;
