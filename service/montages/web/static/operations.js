// Draws the operations of the service by Swagger UI, each to be tried where it stands.
SwaggerUIBundle({
  url: document.getElementById("operations").dataset.openapi,
  dom_id: "#operations",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  validatorUrl: null,
  tryItOutEnabled: true,
});
