// Shows the plots of the metric that is chosen.
export {};

const choice = document.querySelector<HTMLSelectElement>("#metric");
choice?.addEventListener("change", () => {
  for (const plots of document.querySelectorAll<HTMLElement>("[data-metric]")) {
    plots.hidden = plots.getAttribute("data-metric") !== choice.value;
  }
});
