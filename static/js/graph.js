// @ts-check
/**
 * The graph of links: what is pointed at lights its neighbours, the keys to its lines switch
 * relations off and on, and buttons change its size. The page stands complete without it.
 */
const STEP = 1.25;
const SMALLEST = 0.3;
const LARGEST = 2.5;

const { signal } = new AbortController();
const graph = /** @type {SVGSVGElement | null} */ (document.querySelector(".graph"));
if (graph) {
  light(graph);
  offerRelations(graph);
  offerSizes(graph);
}

/**
 * @param {SVGSVGElement} graph
 * @returns {void}
 */
function light(graph) {
  const show = (/** @type {Event} */ event) => {
    const from = /** @type {Element} */ (event.target).closest(".node, .edge");
    dim(graph, from ? kinOf(graph, from) : null);
  };
  for (const name of ["pointerover", "focusin"]) graph.addEventListener(name, show, { signal });
  for (const name of ["pointerleave", "focusout"]) {
    graph.addEventListener(name, () => dim(graph, null), { signal });
  }
}

/**
 * Leave only `kin` in full strength, or everything for null.
 * @param {SVGSVGElement} graph
 * @param {Set<Element> | null} kin
 * @returns {void}
 */
function dim(graph, kin) {
  graph.toggleAttribute("data-pointed", kin !== null);
  for (const part of graph.querySelectorAll(".node, .edge")) {
    if (kin?.has(part)) part.setAttribute("data-state", "lit");
    else part.removeAttribute("data-state");
  }
}

/**
 * Return a box with its curves and the boxes at their ends, or a curve with its two boxes.
 * @param {SVGSVGElement} graph
 * @param {Element} from
 * @returns {Set<Element>}
 */
function kinOf(graph, from) {
  const own = from.getAttribute("data-node");
  const edges = [...graph.querySelectorAll(".edge:not([hidden])")].filter((edge) => {
    return edge === from || (own !== null && endsOf(edge).includes(own));
  });
  const names = new Set([own, ...edges.flatMap(endsOf)]);
  const nodes = [...graph.querySelectorAll(".node")].filter((node) => {
    return names.has(node.getAttribute("data-node"));
  });
  return new Set([...edges, ...nodes]);
}

/**
 * @param {Element} edge
 * @returns {string[]}
 */
function endsOf(edge) {
  return (edge.getAttribute("data-ends") ?? "").split(" ");
}

/**
 * Make each key to a line a button that takes the curves of its relation away and back.
 * @param {SVGSVGElement} graph
 * @returns {void}
 */
function offerRelations(graph) {
  const keys = /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll(".graph-key [data-relation]"),
  ]);
  if (keys.length < 2) return;
  for (const key of keys) {
    const button = document.createElement("button");
    button.type = "button";
    button.ariaPressed = "true";
    button.append(...key.childNodes);
    key.append(button);
    button.addEventListener("click", () => {
      const isOn = button.ariaPressed !== "true";
      button.ariaPressed = String(isOn);
      for (const edge of graph.querySelectorAll(`.edge[data-relation="${key.dataset.relation}"]`)) {
        edge.toggleAttribute("hidden", !isOn);
      }
    }, { signal });
  }
}

/**
 * Let buttons draw the picture smaller and larger; what is in the middle stays there.
 * @param {SVGSVGElement} graph
 * @returns {void}
 */
function offerSizes(graph) {
  const tools = /** @type {HTMLElement | null} */ (document.querySelector(".graph-zoom"));
  const box = /** @type {HTMLElement | null} */ (graph.closest(".graph-scroll"));
  if (!tools || !box) return;
  const { width, height } = graph.viewBox.baseVal;
  let scale = 1;
  const set = (/** @type {number} */ wanted) => {
    const before = scale;
    scale = Math.min(Math.max(wanted, SMALLEST), LARGEST);
    const x = (box.scrollLeft + box.clientWidth / 2) / before;
    const y = (box.scrollTop + box.clientHeight / 2) / before;
    graph.setAttribute("width", String(width * scale));
    graph.setAttribute("height", String(height * scale));
    box.scrollTo(x * scale - box.clientWidth / 2, y * scale - box.clientHeight / 2);
  };
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (
      /** @type {Element} */ (event.target).closest("[data-zoom]")
    );
    if (button?.dataset.zoom === "in") set(scale * STEP);
    else if (button?.dataset.zoom === "out") set(scale / STEP);
    else if (button) set(box.clientWidth / width);
  }, { signal });
}

export {};
