// A file of its own, because the Content-Security-Policy forbids inline scripts. The validator badge stays off: it would
// send requests to another host.

const headersOf = (request) => JSON.stringify(request.get("headers") ?? {});

const RequestSnippets = {
  fn: {
    requestSnippetGenerator_javascript: (request) =>
      `const response = await fetch(${JSON.stringify(request.get("url"))}, {
  headers: ${headersOf(request)},
});
if (!response.ok) throw new Error((await response.json()).detail);
console.log(await response.text());`,
    requestSnippetGenerator_python: (request) =>
      `import httpx

response = httpx.get(
    ${JSON.stringify(request.get("url"))},
    headers=${headersOf(request)},
)
response.raise_for_status()
print(response.text)`,
  },
};

SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  defaultModelExpandDepth: 4,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  docExpansion: "list",
  plugins: [RequestSnippets],
  requestSnippetsEnabled: true,
  requestSnippets: {
    generators: {
      curl_bash: { title: "curl", syntax: "bash" },
      javascript: { title: "JavaScript (fetch)", syntax: "javascript" },
      python: { title: "Python (httpx)", syntax: "python" },
    },
    languages: ["curl_bash", "javascript", "python"],
  },
  tryItOutEnabled: true,
  validatorUrl: null,
});
