// The layer in Streamlit: the incidents come from the page around the frame, the land from beside the frame's own page.

// Runs `act` once the frame has a size: drawn before, everything would have to be drawn twice.
function whenSized(act) {
  if (window.innerHeight > 1 && window.innerWidth > 1) {
    act();
    return;
  }
  const look = () => {
    if (window.innerHeight <= 1) return;
    window.removeEventListener("resize", look);
    act();
  };
  window.addEventListener("resize", look);
}

function serve(map, host, { land, ...constants }) {
  const fetched = fetch(land).then((answer) => answer.arrayBuffer());
  let layer = null;
  const hear = (args) => {
    if (!layer) {
      layer = new IncidentLayer(map, { ...constants, ...args.options, theme: args.theme, tell: (value) => host.tell(value) });
      window.incidentLayer = layer;
      // Incidents first: unpacking the land would hold them up.
      Promise.all([fetched, layer.painted]).then(async ([bytes]) => layer.setLand(await inflated(bytes).json())).catch(() => {});
    }
    layer.receive(args);
  };
  whenSized(() => host.hear(hear));
}
