/** Follows the reader's choice of light and dark, as the style sheets of our own pages do. */
const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", paint);
paint();

/** There is one server, this one: nothing to choose, so no field for it that has no name. */
const OneServer = () => ({ wrapComponents: { ServersContainer: () => () => null } });

// What is tried out goes to this server with the token that the reader enters, which is kept nowhere.
// Links to single operations would stand within the buttons that unfold them.
window.SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#contract",
  deepLinking: false,
  docExpansion: "list",
  showExtensions: true,
  persistAuthorization: false,
  validatorUrl: null,
  plugins: [OneServer],
});
