// Switches between light and dark; without a click the page follows the system.
export {};

const button = document.querySelector<HTMLButtonElement>("#theme");
button?.addEventListener("click", () => {
  const root = document.documentElement;
  const chosen = root.getAttribute("data-theme");
  const isDark = chosen === null ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
  root.setAttribute("data-theme", isDark ? "light" : "dark");
});
